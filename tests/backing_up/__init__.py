"""A whole database to back up and restore."""
