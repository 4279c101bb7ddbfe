"""The life of an agreement: written, asked for, agreed by another, suspended, ended."""
