"""What must be true of what is written by hand, and when things happen. Pure."""
