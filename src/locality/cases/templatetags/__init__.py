"""See cases.py."""
