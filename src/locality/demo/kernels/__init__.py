"""How the area is made: seeds in, columns out. No file is read, no clock, no hidden chance."""
