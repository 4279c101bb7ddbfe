"""An area's partners as its administrator writes them down, and how that comes into force."""
