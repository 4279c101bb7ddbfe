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
from locality.places.rules import rows as row_rules
from locality.places.words import Fault

CHUNK = 1 << 20


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
    with _readable(path), _text(path) as file:
        reader = csv.reader(file)
        try:
            found = list(heading or next(reader, []))
            pick = itemgetter(*row_rules.require_columns(path.name, found, columns))
            for cells in reader:
                if len(cells) == len(found):
                    yield reader.line_num, pick(cells)
                elif cells:
                    yield reader.line_num, _cut_short(cells, found)
        except UnicodeDecodeError as wrong:
            byte = wrong.object[wrong.start]
            raise BadInput(
                f"{path.name}, after line {reader.line_num:,}: byte 0x{byte:02x} is not UTF-8 "
                "text. Save the file as UTF-8 and load it again."
            ) from None
        except csv.Error as wrong:
            raise BadInput(f"{path.name}, line {reader.line_num:,}: {wrong}.") from None


def features(path: Path) -> list[dict[str, Any]]:
    """Give the features of a GeoJSON file."""
    with _readable(path), _text(path) as file:
        try:
            found = json.load(file)["features"]
        except (ValueError, KeyError, TypeError) as wrong:
            raise BadInput(
                f"{path.name} is not a GeoJSON collection of features: {wrong}"
            ) from None
    return list(found)


def _cut_short(cells: Sequence[str], heading: Sequence[str]) -> Fault:
    written = ",".join(cells)
    return Fault(
        "all of it", written[:200], f"{len(cells)} values where the heading names {len(heading)}"
    )


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
