"""Workbooks: one that is sound, and what can be done to it."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from random import Random

TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://t"/>'
BOOK = '<workbook xmlns="http://m"><sheets><sheet name="One" sheetId="1"/></sheets></workbook>'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
FORMULAS = ("=1+1", "=HYPERLINK(\"http://x.example\",\"a\")", "+cmd|' /C calc'!A0", "-2+3+cmd|a!A0",
            "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "\uff1d1+1", "=WEBSERVICE(\"http://x.example\")",
            "=IMPORTXML(\"http://x.example\",\"//a\")", "=DDE(\"cmd\",\"/C calc\",\"x\")")  # fmt: skip
Parts = dict[str, str | bytes]


def sound(says: str = "A quiet street") -> Parts:
    """The parts of a workbook with one cell of text and one number."""
    return {
        "[Content_Types].xml": TYPES, "xl/workbook.xml": BOOK,
        "_rels/.rels": '<Relationships xmlns="http://r"><Relationship Id="a" Target="xl/workbook.xml"/>'
        "</Relationships>",
        SHEET: '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>-4</v></c></row></sheetData>'
        "</worksheet>",
        STRINGS: f"<sst><si><t>{says}</t></si></sst>",
    }  # fmt: skip


def packed(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Put parts together."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _entities(random: Random) -> Parts:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    system = random.choice(["file:///etc/passwd", "http://169.254.169.254/", "php://x", "//h/s"])
    doctype = random.choice([
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{levels}]>',
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{system}">]>',
        f'<!DOCTYPE a SYSTEM "{system}">',
        f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{system}"> %x;]>',
        f'<!DOCTYPE a [<!ENTITY x "{"z" * random.choice([10, 100_000])}">]>',
    ])  # fmt: skip
    xml = f"{doctype}<sst><si><t>&x;&l9;</t></si></sst>"
    return sound() | {STRINGS: _encoded(random, xml)}


def _encoded(random: Random, xml: str) -> bytes:
    code = random.choice(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"])
    return f'<?xml version="1.0" encoding="{code}"?>{xml}'.encode(code)


def _formula(random: Random) -> Parts:
    formula = random.choice(FORMULAS).replace("&", "&amp;").replace("<", "&lt;")
    return random.choice([
        sound(formula.replace("\r", "&#13;").replace("\t", "&#9;")),
        sound("a") | {STRINGS: f"<sst><si><r><t>{formula[:1]}</t></r><r><t>{formula[1:]}1</t></r></si></sst>"},
        sound() | {SHEET: f"<worksheet><c><f>{formula}</f></c></worksheet>"},
        sound() | {SHEET: f'<x:worksheet xmlns:x="m"><x:c><x:f>{formula}</x:f></x:c></x:worksheet>'},
        sound() | {SHEET: f'<worksheet><c t="inlineStr"><is><t>{formula}</t></is></c></worksheet>'},
    ])  # fmt: skip


def _bomb(random: Random) -> Parts:
    filler = random.choice([b"\0", b" ", b"a"])
    size = random.choice([2 << 20, 2 << 20, 20 << 20])
    return sound() | {random.choice([SHEET, "xl/media/image1.png"]): filler * size}


def _many_bombs(random: Random) -> Parts:
    return sound() | {
        f"xl/media/{n}.png": b"\0" * (1 << 20) for n in range(random.randint(101, 130))
    }


def _many(random: Random) -> Parts:
    return sound() | {f"xl/media/{n}.png": b"x" for n in range(random.randint(500, 3000))}


def _nested(random: Random) -> Parts:
    inner = packed(sound())
    for _ in range(random.randint(0, 4)):
        inner = packed({"inner.zip": inner})
    name = random.choice(["xl/media/image1.png", "xl/inner.zip", "xl/embeddings/a.xlsx", "a.docx"])
    return sound() | {name: inner}


def _paths(random: Random) -> Parts:
    name = random.choice([
        "../evil.xml", "/etc/cron.d/evil.xml", "xl/../../evil.xml", "..\\evil.xml", "C:/evil.xml",
        "xl//evil.xml", "xl/./evil.xml", "xl/\u202exml.xml", "xl/a\nb.xml", "XL/WORKBOOK.XML",
        "xl/con:stream.xml",
    ])  # fmt: skip
    return sound() | {name: "<a/>"}


def _active(random: Random) -> Parts:
    name = random.choice([
        "xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "xl/connections.xml",
        "xl/queryTables/queryTable1.xml", "customUI/customUI.xml", "run.exe", "a.js", "a.lnk",
        "xl/webextensions/webextension1.xml", "xl/dialogsheets/sheet1.xml",
    ])  # fmt: skip
    return sound() | {name: "<a/>"}


def _outside(random: Random) -> Parts:
    goal = random.choice(["http://x.example/t.xml", "\\\\x.example\\s", "file:///etc/passwd"])
    mode = random.choice(["External", "external", "EXTERNAL"])
    rels = f'<Relationships><Relationship Target="{goal}" TargetMode="{mode}"/></Relationships>'
    return sound() | {"xl/_rels/workbook.xml.rels": rels}


def _deep(random: Random) -> Parts:
    times = random.choice([60, 10_000, 300_000])
    return sound() | {SHEET: "<a>" * times + "</a>" * times}


def _broken_xml(random: Random) -> Parts:
    return sound() | {SHEET: random.choice([
        "<worksheet>", "", "<a></b>", "<a>\0</a>", "<a b='1' b='2'/>",
        "<?evil run?><a/>", b"<a>\xff\xfe</a>", "<a>&undefined;</a>",
    ])}  # fmt: skip


def _hidden_picture(random: Random) -> Parts:
    start = random.choice([b"MZ", b"\x7fELF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"#!/bin/sh\n"])
    return sound() | {"xl/media/image1.png": start + random.randbytes(50)}


def _long_cell(random: Random) -> Parts:
    return sound("x" * random.choice([32_768, 200_000]))


MADE: tuple[Callable[[Random], Parts], ...] = (
    _entities, _formula, _bomb, _many_bombs, _many, _nested, _paths, _active, _outside, _deep,
    _broken_xml, _hidden_picture, _long_cell,
)  # fmt: skip


def damaged(random: Random) -> bytes:
    """A sound workbook whose bytes were changed so that its lists and its parts disagree."""
    whole = bytearray(packed(sound(), zipfile.ZIP_STORED))
    at = random.choice(list(_headers(whole)))
    # In the central directory: encrypted, an unknown method, a wrong sum or size, another's place.
    field, value = random.choice([
        (8, struct.pack("<H", 1)), (8, struct.pack("<H", 0x40)), (10, struct.pack("<H", 99)),
        (16, b"\1\2\3\4"), (20, struct.pack("<I", 1 << 30)), (24, struct.pack("<I", 4_000_000_000)),
        (38, struct.pack("<I", 0o120777 << 16)), (42, struct.pack("<I", 0x7FFFFFFF)),
    ])  # fmt: skip
    whole[at + field : at + field + len(value)] = value
    return bytes(whole)


def _headers(whole: bytes | bytearray) -> Iterable[int]:
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        yield at
        at = whole.find(b"PK\x01\x02", at + 1)
