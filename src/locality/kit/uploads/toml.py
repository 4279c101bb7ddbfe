"""TOML that somebody wrote: read, or refused with what is wrong with it."""

import re
import tomllib
from typing import Any

from locality.kit.errors import BadInput

LARGEST = 2 << 20  # bytes
# A key of so many parts takes its reader time that grows with their square, or worse.
TOO_DEEP = re.compile(rb"(?:[\w\"'-]{1,40}[ \t]{0,4}\.[ \t]{0,4}){50}")


def parsed(name: str, content: bytes) -> dict[str, Any]:
    """Read a file's content, of which at most LARGEST + 1 bytes need be given."""
    if len(content) > LARGEST:
        raise BadInput(f"{name} is larger than 2 MB: it cannot be the right file.")
    if TOO_DEEP.search(content):
        raise BadInput(f"{name} holds something far too long or too deep.")
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as wrong:
        raise BadInput(f"{name} is not text in UTF-8: save it as UTF-8.") from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise BadInput(f"{name} is not TOML: {wrong}.") from wrong
    except (
        RecursionError,
        ValueError,
    ):  # brackets within brackets; a number of thousands of digits
        raise BadInput(f"{name} holds something far too long or too deep.") from None
