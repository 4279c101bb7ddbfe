"""Workbooks, which are archives of XML: unpacked bit by bit, and nothing in them is followed."""

import io
import stat
import zipfile
import zlib
from xml.parsers import expat

from locality.kit.errors import BadInput
from locality.kit.uploads import tables
from locality.kit.uploads.words import DEPTH, ENTRIES, LONGEST_CELL, RATIO, SMALL, UNPACKED

CHUNK = 1 << 16
SIGNED = (b"PK\x03\x04", b"PK\x05\x06")
WRAPS = (*SIGNED, b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"#!")  # archives and programs
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
READ = (".xml", ".rels", ".vml")  # parts that are XML; of the rest only these may be there
HELD = (*READ, ".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf")
PRINTERS = "xl/printersettings/"  # what a spreadsheet notes of a printer, in a format of its own
# Parts that run, fetch or wrap something else.
NEVER = ("vba", "macro", "externallink", "embedding", "oleobject", "activex", "connections",
         "querytable", "customui", "dialogsheet", "webextension", "attachedtoolbars")  # fmt: skip
RUNS = {"f", "formula", "ddeLink", "oleLink", "webPr", "dbPr"}
CELL = {"si", "is"}  # elements that hold the text of one cell, in as many pieces as it likes
UNSOUND = (
    "This workbook is damaged, or holds what cannot be read here: save it anew as a plain .xlsx "
    "file."
)


def is_one(content: bytes) -> bool:
    """Say whether it begins as an archive does."""
    return content.startswith(SIGNED)


def require_sound_workbook(content: bytes) -> None:
    """Refuse every archive that is not simply a workbook of cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _require_sound_list(parts, len(content))
            left = UNPACKED
            for part in parts:
                left = _require_sound_part(archive, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
            ValueError, OverflowError) as wrong:  # fmt: skip
        if isinstance(wrong, BadInput):
            raise
        raise BadInput(UNSOUND) from None


def _require_sound_list(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.filename for part in parts]
    sound = (
        len(parts) <= ENTRIES
        and len({name.lower() for name in names}) == len(names)
        and set(names) >= NEEDED
        and sum(part.compress_size for part in parts) <= size  # none stands in two places
        and sum(part.file_size for part in parts) <= UNPACKED
        and all(map(_is_plain, parts))
    )
    if not sound:
        raise BadInput(UNSOUND)


def _is_plain(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    is_path = (
        name.startswith("/") or set(name) & set("\\:") or {"..", ".", ""} & set(name.split("/"))
    )
    is_held = name.endswith(HELD) or name.startswith(PRINTERS)
    runs = any(word in name for word in NEVER)
    return (
        name.isascii() and name.isprintable() and part.orig_filename == part.filename
        and is_held and not is_path and not runs
        and part.compress_type in PLAIN and not part.flag_bits & 0x41
        and not stat.S_ISLNK(part.external_attr >> 16)
    )  # fmt: skip


def _require_sound_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part and throw it away; give how many bytes may still be unpacked."""
    most = min(left, max(SMALL, part.compress_size * RATIO))
    reader = _Reader() if part.filename.lower().endswith(READ) else None
    seen = 0
    with archive.open(part) as packed:
        for chunk in iter(lambda: packed.read(CHUNK), b""):
            if reader is None and not seen and chunk.startswith(WRAPS):
                raise BadInput(UNSOUND)
            seen += len(chunk)
            if seen > most:
                raise BadInput("This file unpacks to far more than it is: send less.")
            if reader:
                reader.feed(chunk)
    if reader:
        reader.close()
    return left - seen


class _Reader:
    """Reads XML and keeps nothing of it but the text of the cell it is in."""

    def __init__(self) -> None:
        # Said to be UTF-8 whatever it says itself, so that no other encoding hides anything.
        self._xml = expat.ParserCreate("utf-8")
        self._xml.StartDoctypeDeclHandler = _refuse
        self._xml.EntityDeclHandler = _refuse
        self._xml.ProcessingInstructionHandler = _refuse
        self._xml.StartElementHandler = self._begin
        self._xml.EndElementHandler = self._end
        self._xml.CharacterDataHandler = self._text
        self._depth, self._long = 0, 0
        self._says: list[str] | None = None  # the text of the cell that is being read

    def feed(self, chunk: bytes, last: bool = False) -> None:
        """Read on."""
        try:
            self._xml.Parse(chunk, last)
        except expat.ExpatError:
            raise BadInput(UNSOUND) from None

    def close(self) -> None:
        """Read to the end."""
        self.feed(b"", True)

    def _begin(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(":")[2]
        outside = given.get("TargetMode", "").lower() == "external"
        if self._depth > DEPTH or outside or local in RUNS:
            raise BadInput(
                "This workbook holds formulas or links: save only its values, and send it again."
            )
        if local in CELL:
            self._says = []

    def _text(self, text: str) -> None:
        if self._says is not None:
            self._says.append(text)
            self._long += len(text)
            if self._long > LONGEST_CELL:
                self._judge()

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name.rpartition(":")[2] in CELL:
            self._judge()

    def _judge(self) -> None:
        tables.require_cell("".join(self._says or []), "in a sheet")
        self._says, self._long = None, 0


def _refuse(*_: object) -> None:
    raise BadInput(UNSOUND)
