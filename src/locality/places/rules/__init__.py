"""What may be said about places, and what a line of a file must be. Pure."""
