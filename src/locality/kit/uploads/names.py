"""A file's name is shown and never opened; even so it must be a name and no way to somewhere."""

import unicodedata

from locality.kit.errors import BadInput

LONGEST = 150  # characters
# Names that a system takes for a device, whatever stands after a dot.
PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
DEVICES = {"con", "prn", "aux", "nul"} | PORTS
NEVER = set('/\\:*?"<>|')


def require_plain(name: str) -> None:
    """Refuse what is a path, a device, hidden, invisible or too long."""
    hidden = any(unicodedata.category(letter)[0] == "C" for letter in name)
    stem = name.partition(".")[0].strip().lower()
    if (
        not name.strip(". ") or name[0] in ".~-=+@ " or name[-1] in ". " or hidden
        or len(name) > LONGEST or NEVER & set(unicodedata.normalize("NFKC", name))
        or stem in DEVICES
    ):  # fmt: skip
        raise BadInput(
            "The file’s name cannot be used: give it a short name of letters and numbers."
        )
