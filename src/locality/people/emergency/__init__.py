"""Emergency access to somebody: asked for by name and date of birth, and then only read."""
