"""Accounts from the terminal: letting somebody in, letting them start over, seeing them out."""
