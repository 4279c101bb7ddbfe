"""What an auditor remembers from one time to the next, in a file of their own."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from locality.kit.errors import BadInput
from locality.kit.saying import say


@dataclass(frozen=True, slots=True)
class State:
    """The log as it was last found whole: its size, its root, and the key that signs for it."""

    log: str
    first: int
    size: int
    root: str
    verifier: str
    at: str


def load(file: Path) -> State | None:
    """Read what was remembered; None the first time. Raises BadInput when it cannot be read."""
    try:
        return State(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise BadInput(say("{file} is not an auditor’s state.", file=str(file))) from None


def save(state: State, file: Path) -> None:
    """Remember, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.new")
    with part.open("w", encoding="utf-8") as new:
        new.write(json.dumps(asdict(state), indent=1) + "\n")
        new.flush()
        os.fsync(new.fileno())
    part.replace(file)
