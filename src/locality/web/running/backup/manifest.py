"""Whether files are those that PostgreSQL's own manifest lists, byte for byte.

PostgreSQL's pg_verifybackup does the same; the one in the embedded server's package crashes.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from locality.web.running.backup.crypt import CHUNK
from locality.web.running.backup.words import MANIFEST, SAID

# Of the server that runs in them, and of ours: no manifest lists these.
NOT_LISTED = {MANIFEST, SAID, "backup_label.old", "tablespace_map.old"}


def faults(folder: Path) -> Iterator[str]:
    """Yield what is missing, changed or too much in a folder, against the manifest within."""
    text = (folder / MANIFEST).read_bytes()
    if not _is_whole(text):
        yield f"{MANIFEST}: it is not as it was written"
        return
    listed = {one["Path"]: one for one in json.loads(text)["Files"]}
    here = {
        str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()
    } - NOT_LISTED
    for name in sorted(here - listed.keys()):
        if not name.startswith("pg_wal/"):  # the log that goes with it is checked as it is read
            yield f"{name}: nothing lists it"
    for name, one in sorted(listed.items()):
        if name not in here:
            yield f"{name}: it is missing"
        elif (folder / name).stat().st_size != one["Size"]:
            yield f"{name}: it has another size"
        elif one.get("Checksum") and digest(folder / name) != one["Checksum"]:
            yield f"{name}: its bytes are others"


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    made = hashlib.sha256()
    with file.open("rb") as source:
        while part := source.read(CHUNK):
            made.update(part)
    return made.hexdigest()


def _is_whole(text: bytes) -> bool:
    """Whether the manifest's own checksum, on its last line, is that of all before it."""
    body, mark, last = text.rpartition(b'"Manifest-Checksum": "')
    said = last.split(b'"', 1)[0].decode()
    return bool(mark) and hashlib.sha256(body).hexdigest() == said
