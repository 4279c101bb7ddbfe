"""An app for tests alone: pages that break when asked to, and a job that always does."""
