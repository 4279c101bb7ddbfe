"""Read published files line by line, plain or gzipped; a file that cannot be read says where."""

import csv
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from locality.kit.errors import BadInput
from locality.kit.uploads.words import LONGEST_LINE
from locality.places.rules import rows as row_rules
from locality.places.words import Fault

CHUNK = 1 << 20
LARGEST_SHAPES = 128 << 20  # characters of a file of boundaries, unpacked


def find(folder: Path, name: str) -> Path:
    """Find a file, or its gzipped form, in a folder; BadInput names what is missing."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise BadInput(f"{folder} has no file {name} or {name}.gz: give the folder that holds it")


def sha256(path: Path) -> str:
    """Give a file's fingerprint."""
    digest = hashlib.sha256()
    with _readable(path), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def lines(
    path: Path, columns: Sequence[str], heading: Sequence[str] | None = None
) -> Iterator[tuple[int, tuple[str, ...] | Fault]]:
    """Give each line's number and its values of `columns`, or a fault when it is cut short."""
    line = 1
    with _readable(path), _text(path) as file:
        reader = csv.reader(_short(file, path), strict=True)
        try:
            found = list(heading or next(reader, []))
            pick = itemgetter(*row_rules.require_columns(path.name, found, columns))
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) == len(found):
                    yield line, pick(cells)
                elif cells:
                    yield line, _cut_short(cells, found)
                line = reader.line_num + 1
        except UnicodeDecodeError:
            line, byte = _first_not_text(path)
            raise BadInput(
                f"{path.name}, line {line:,}: byte 0x{byte:02x} is not UTF-8 text. Save the file "
                "as UTF-8 and load it again."
            ) from None
        except csv.Error as wrong:
            raise BadInput(f"{path.name}, line {line:,}: {_what_to_do(str(wrong))}") from None


def features(path: Path) -> list[dict[str, Any]]:
    """Give the features of a GeoJSON file."""
    with _readable(path), _text(path) as file:
        text = file.read(LARGEST_SHAPES + 1)
        if len(text) > LARGEST_SHAPES:
            raise BadInput(f"{path.name} unpacks to more than any file of boundaries holds.")
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
    if not (isinstance(found, dict) and isinstance(found.get("features"), list)):
        raise BadInput(
            f"{path.name} is not a GeoJSON collection of features, or was cut short: choose the "
            "file of boundaries and load it again."
        )
    return [_feature(one) for one in found["features"]]


def _feature(found: Any) -> dict[str, Any]:
    """One feature with its properties and its shape; both empty where it is something else."""
    one = found if isinstance(found, dict) else {}
    about = one.get("properties")
    about = about if isinstance(about, dict) else {}
    return {"properties": about, "geometry": one.get("geometry")}


def _short(file: IO[str], path: Path) -> Iterator[str]:
    """Give line after line; refuse one that would fill the memory before it ends."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadInput(
                f"{path.name} has a line of more than {LONGEST_LINE:,} characters: it is no table, "
                "or its line breaks are missing."
            )
        yield line


def _what_to_do(wrong: str) -> str:
    """Say what is wrong with a line that no CSV file may hold, and how to mend it."""
    if "limit" in wrong:
        return (
            f"a value is longer than {csv.field_size_limit():,} characters. A line break is "
            "missing, or a quotation mark is opened and never closed: mend this line and load the "
            "file again."
        )
    return (
        f"quotation marks do not match ({wrong}). One is opened and never closed, or stands "
        "inside a value: mend this line and load the file again."
    )


def _first_not_text(path: Path) -> tuple[int, int]:
    """Find the first line that is not UTF-8, and the byte in it."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as raw:
        lines = iter(lambda: raw.readline(4 * LONGEST_LINE), b"")
        for number, line in enumerate(lines, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as wrong:
                return number, line[wrong.start]
    raise BadInput(f"{path.name} changed while it was read. Load it again.")


def _cut_short(cells: Sequence[str], heading: Sequence[str]) -> Fault:
    written = ",".join(cells)
    values = "1 value" if len(cells) == 1 else f"{len(cells)} values"
    return Fault("all of it", written, f"{values} where the heading names {len(heading)}")


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:  # type: ignore[arg-type]
        yield text


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what can be wrong with a file into one sentence."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput(
            f"{path.name} is not a whole gzip file: it may have been cut short. Copy it again."
        ) from None
    except OSError as wrong:
        raise BadInput(f"{path.name} cannot be read: {wrong.strerror}.") from None
