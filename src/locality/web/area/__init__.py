"""An area of one's own: its file, and bringing it into force."""
