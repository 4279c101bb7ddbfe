"""Where the domains above say what they know: each adds itself from its `apps.py`."""

from locality.sharing.looks.words import Namer, Pointer

POINTERS: list[Pointer] = []
NAMERS: list[Namer] = []
RECORD_PAGES: dict[str, str] = {}  # an address's name, and what one sees there
PERSON_PAGES: list[str] = []


def point_out(pointer: Pointer) -> None:
    """Let a domain point out unusual looks at people."""
    if pointer not in POINTERS:
        POINTERS.append(pointer)


def call_by_name(namer: Namer) -> None:
    """Let a domain say what its records are called."""
    if namer not in NAMERS:
        NAMERS.append(namer)


def record_page(route: str, says: str, *, person: bool = False) -> None:
    """Name a page that shows one record, and whether its address names a person."""
    RECORD_PAGES[route] = says
    if person and route not in PERSON_PAGES:
        PERSON_PAGES.append(route)
