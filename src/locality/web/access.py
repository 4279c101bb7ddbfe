"""Which addresses need nobody to be acting."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def free(view: View) -> View:
    """Mark a view that reads no record and so needs no actor."""
    view.needs_no_actor = True  # type: ignore[attr-defined]
    return view
