"""Somebody who may write SQL as the application's role, or has a context that is not in order."""
