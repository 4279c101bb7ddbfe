"""What an outsider may ask us to show. `make prove` shows it and writes docs/evidence.md.

A proof is a module here whose docstring's first line is its title, with
`run(*, long: bool, seed: int) -> Iterator[Row]`. It raises NotShown when an aim is missed.
"""

import os

from scripts.figures import Row

__all__ = ["NotShown", "Row", "administrator", "required"]

SERVER = "LOCALITY_PROOF_SERVER"  # how to connect with every power, set for each proof


class NotShown(Exception):  # noqa: N818: it says what happened, as the house's errors do
    """A figure missed its aim; the message says which, and what came out."""


def administrator() -> str:
    """How to connect to this proof's database with every power."""
    return os.environ[SERVER]


def required(held: bool, says: str) -> None:
    """Raise NotShown with a sentence unless the aim was met."""
    if not held:
        raise NotShown(says)
