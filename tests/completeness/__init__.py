"""Reads that end badly: each must have its look committed before it."""
