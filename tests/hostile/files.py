"""Files that were made to do harm, and some that were not."""

import gzip
import json
from collections.abc import Callable, Iterator
from random import Random

from tests.hostile.workbooks import FORMULAS, MADE, damaged, packed, sound

GOOD_NAMES = ("offences.csv", "Offences 2026 (final).xlsx", "vår.csv", "a.b.csv")
BAD_NAMES = (
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.csv", "a\0.csv", "con.csv", "NUL",
    ".htaccess", "a\u202evsc.exe", "a/b.csv", "x" * 300, "", ".", "..", "=cmd.csv", "a\r\nb.csv",
    "\uff0e\uff0e\uff0fa.csv", "~/a.csv", "a.csv ", "|id;.csv", "a.csv:stream", "lpt1.csv", "-rf.csv",
)  # fmt: skip
SOUND_TABLES = (
    b"date,where,how many\n2026-01-01,High Street,3\n", b"\xef\xbb\xbfa;b\r\n-1,5;+3\r\n",
    b'a,b\n"line\nbreak",-\n', b"a,b\n-4.5e3,-12%\n", "a\nŁódź\n".encode(),
)  # fmt: skip
Hostile = tuple[str, str, bytes]  # of which kind, the name it is sent with, and what is in it


def hostile(random: Random, times: int) -> Iterator[Hostile]:
    """Give so many, every kind in turn; no two need be alike."""
    for number in range(times):
        kind = KINDS[number % len(KINDS)]
        yield kind.__name__.strip("_"), *kind(random)


def _book(random: Random) -> tuple[str, bytes]:
    return "book.xlsx", packed(random.choice(MADE)(random))


def _damaged_book(random: Random) -> tuple[str, bytes]:
    return "book.xlsx", damaged(random)


def _cut_book(random: Random) -> tuple[str, bytes]:
    whole = packed(sound())
    return "book.xlsx", whole[: random.randrange(4, len(whole) - 1)]


def _two_in_one(random: Random) -> tuple[str, bytes]:
    """A file that is of two kinds, by where one begins to read."""
    start = random.choice([b"GIF89a", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"MZ", b"<html>", b"\0"])
    return random.choice(["a.csv", "a.xlsx"]), start + packed(sound())


def _name(random: Random) -> tuple[str, bytes]:
    return random.choice(BAD_NAMES), random.choice(SOUND_TABLES)


def _formula(random: Random) -> tuple[str, bytes]:
    apart = random.choice(",;\t")
    cells = ["a", "b", random.choice(FORMULAS).replace('"', '""')]
    random.shuffle(cells)
    row = apart.join(f'"{cell}"' for cell in cells)
    return "a.csv", f"x{apart}y{apart}z\n{row}\n".encode()


def _other(random: Random) -> tuple[str, bytes]:
    """Something else that is called a table."""
    return "a.csv", random.choice([
        b"MZ\x90\0\x03", b"\x7fELF\x02\x01\x01\0", b"%PDF-1.7 /JS (app.alert(1)) \0", b"\x1f\x8b\x08\0",
        b"<svg onload=alert(1)/>", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n\x1a\n\0", b"", b"\0\0\0\0", b"\xff\xfea\0,\0",
        b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\0", b"  <html><script>alert(1)</script>", b"a\x1b[31m,b",
        gzip.compress(b"a,b\n1,2\n"),
    ]) + random.randbytes(random.choice([0, 0, 3]))  # fmt: skip


def _odd_text(random: Random) -> tuple[str, bytes]:
    return "a.csv", random.choice([
        b'a,b\n"open,1\n', b'a,b\n"x"y,1\n', b"a,b\n\xc3\x28,1\n", b"a,b\n\xed\xa0\x80,1\n",
        b"a,b\n\xff,1\n", b"a\n" + b"x" * 40_000 + b"\n", b"a\n" + b"x" * (2 << 20),
        b"a,b\n\x00,1\n", b"a," * 2_100_000, b"a\n" + b"\xf5\x80\x80\x80",
    ])  # fmt: skip


def _too_big(random: Random) -> tuple[str, bytes]:
    return "a.csv", b"a,b\n" * (random.choice([3, 4]) << 20)


KINDS: tuple[Callable[[Random], tuple[str, bytes]], ...] = (
    _book, _formula, _name, _book, _other, _odd_text, _book, _damaged_book, _cut_book, _two_in_one,
    _book, _formula, _book, _name, _book, _other, _book, _odd_text, _book, _too_big,
)  # fmt: skip


def for_import(random: Random) -> tuple[str, bytes]:
    """A file for an operator's command, which reads published files of any size."""
    bomb = gzip.compress(random.choice([b"\0", b"a", b"1,", b"["]) * (64 << 20))
    crime = b"Crime ID,Month\n"
    return random.choice([
        ("street.csv.gz", bomb), ("street.csv.gz", bomb[: len(bomb) // 2]), ("street.csv", b"\0" * 99),
        ("street.csv", crime + b"x" * (3 << 20)), ("street.csv", crime + b'"' + b"x\n" * 200_000),
        ("areas.geojson", b"[" * 200_000), ("areas.geojson.gz", bomb), ("areas.geojson", b"{}"),
        ("areas.geojson", json.dumps({"features": [1, None, {"properties": []}]}).encode()),
        ("areas.geojson", b'{"features": [' + b'{"a":' * 50_000), ("area.toml", b"a = " + b"[" * 9999),
        ("area.toml", b"a = 1" + b"0" * 100_000), ("area.toml", b"\xff\xfe"), ("area.toml", b"[[posts]]\nx"),
        ("area.toml", b"x" * (3 << 20)), ("area.toml", b'a = "\\u0000"'), ("street.csv.gz", b"\x1f\x8b"),
        ("area.toml", b"a" + b".a" * 20_000 + b" = 1"),
    ])  # fmt: skip
