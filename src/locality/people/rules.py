"""How a name is made searchable. Pure."""

import unicodedata


def search_key(name: str) -> str:
    """Reduce a name to capital letters without accents, spaces or marks: “O’Neill” is ONEILL."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain.upper() if c.isalnum() and not unicodedata.combining(c))
