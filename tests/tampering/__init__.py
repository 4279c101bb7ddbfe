"""Attacks on the audit trail with every power over the database, and what an auditor says."""
