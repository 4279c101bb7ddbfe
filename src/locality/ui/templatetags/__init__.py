"""See locality.py."""
