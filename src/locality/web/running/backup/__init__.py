"""Copies of the embedded database: taken encrypted, checked byte by byte, restored, drilled."""
