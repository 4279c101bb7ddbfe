"""A database server killed while many write to it."""
