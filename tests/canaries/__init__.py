"""Unlikely words typed into everything, and a search for them in all that the program writes."""
