"""Gather what Locality says into src/locality/locale. `python -m scripts.translations [LANGUAGE]`.

With a language's code it begins that language. It needs no gettext but Babel.
"""

import ast
import io
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import EnumType, StrEnum
from importlib import import_module
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.install import ROOT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
SOURCE = ROOT / "src" / "locality"
LOCALE = SOURCE / "locale"
POT = LOCALE / "django.pot"
SAME = "is out of date: run `python -m scripts.translations`"
NOT_GATHERED = re.compile(r"/(tests|demo|migrations|gallery)[/.]")
# Calls whose texts are messages: which arguments.
CALLS = {
    "_": (0,), "gettext": (0,), "gettext_lazy": (0,), "ngettext": (0, 1), "ngettext_lazy": (0, 1),
    "say": (0,), "say_many": (0, 1), "Refused": (1,),
}  # fmt: skip
IN_TEMPLATES = {"_": None, "gettext": None, "ngettext": (1, 2)}
# Enumerations that are for addresses and files, and that nobody reads.
NOT_SHOWN = {"AreaKind", "Duty", "Page", "Way"}
# What readers see of each kind of file; the rest is for the program, or names its source.
TOML = {
    "sharing/purposes.toml": {"name", "says"},
    "sharing/starter_roles.toml": {"name"},
    "*/headings.toml": {"name", "says"},
    "cases/law.toml": {"name", "says"},
    "intake/clocks.toml": {"says"},
    "pathways/catalogue/*.toml": {
        "name", "says", "owner", "outcomes", "report_headings", "who", "by", "if_refused",
        "instead", "starts", "checked", "offered_in",
    },
    "impact/measures.toml": {"label", "caption", "heads", "unit", "unknown", "says", "whose"},
}  # fmt: skip
# What would differ each time, or names somebody who does not exist.
HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Project-Id-Version|'
    r"Report-Msgid-Bugs-To|Last-Translator|Language-Team):.*\n",
    re.MULTILINE,
)
Found = tuple[str, str | tuple[str, str], str]  # file, message, what translators should know


def gathered() -> Iterator[Found]:
    """Everything Locality may say to a reader."""
    yield from _python()
    yield from _templates()
    yield from _words()
    yield from _toml()


def pot() -> str:
    """The source catalogue, as it should be."""
    catalog = Catalog(project="Locality", header_comment="# What Locality says, in English.")
    for file, message, note in sorted(gathered(), key=str):
        if message and (isinstance(message, tuple) or message.strip()):
            catalog.add(message, locations=[(file, 1)], auto_comments=[note] if note else [])
    return _written(catalog)


def wrong() -> Iterator[str]:
    """Say which file of a translation is not what it should be."""
    now = pot()
    if not POT.exists() or POT.read_text(encoding="utf-8") != now:
        yield f"{POT.relative_to(ROOT)} {SAME}"
    for po in _translations():
        catalog = read_po(io.BytesIO(po.read_bytes()))
        if po.read_text(encoding="utf-8") != _updated(po, now):
            yield f"{po.relative_to(ROOT)} {SAME}"
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != _compiled(catalog):
            yield f"{mo.relative_to(ROOT)} {SAME}"


def begin(language: str) -> Path:
    """Begin a language: an empty translation with its own rule for plurals."""
    po = LOCALE / language / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    if not po.exists():
        po.write_text(_written(Catalog(locale=Locale.parse(language))), encoding="utf-8")
    return po


def _python() -> Iterator[Found]:
    for file in _files("**/*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call) and (wanted := CALLS.get(_called(node))):
                texts = [_text(node, position, file) for position in wanted]
                if all(texts):
                    yield _name(file), texts[0] if len(texts) == 1 else tuple(texts), ""


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _text(node: ast.Call, position: int, file: Path) -> str:
    """The message at a place of a call; none where it comes from elsewhere."""
    given = node.args[position] if len(node.args) > position else None
    if isinstance(given, ast.JoinedStr):
        raise SystemExit(
            f"{_name(file)}:{given.lineno}: an f-string cannot be translated: use kit.saying.say"
        )
    return given.value if isinstance(given, ast.Constant) and type(given.value) is str else ""


def _templates() -> Iterator[Found]:
    from django.utils.translation.template import templatize

    for file in _files("*/templates/**/*.html"):
        text = templatize(file.read_text(encoding="utf-8"))
        lines = "\n".join(line.lstrip() for line in text.splitlines())
        options = {"encoding": "utf-8"}
        for found in extract("python", io.BytesIO(lines.encode()), IN_TEMPLATES, (), options):
            message = found[1]
            yield _name(file), message[:2] if isinstance(message, tuple) else message, ""


def _files(pattern: str) -> list[Path]:
    found = SOURCE.glob(pattern)
    return sorted(one for one in found if not NOT_GATHERED.search(str(one.relative_to(ROOT))))


def _words() -> Iterator[Found]:
    """The words of enumerations, and what a table says of each."""
    for file in [*_files("*/words.py"), *_files("*/words/*.py"), *_files("*/duties.py")]:
        parts = file.relative_to(ROOT / "src").with_suffix("").parts
        room = import_module(".".join(parts).removesuffix(".__init__"))
        for name, value in vars(room).items():
            if isinstance(value, dict) and name.isupper():
                yield from ((_name(file), one, "") for one in value.values() if type(one) is str)
            elif _is_word(value, room.__name__) and name not in NOT_SHOWN:
                note = value.__doc__.splitlines()[0]
                yield from ((_name(file), word.value, note) for word in value)


def _is_word(value: object, room: str) -> bool:
    return isinstance(value, EnumType) and issubclass(value, StrEnum) and value.__module__ == room


def _toml() -> Iterator[Found]:
    for pattern, keys in TOML.items():
        for file in sorted(SOURCE.glob(pattern)):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            yield from ((_name(file), text, "") for text in _texts(table, keys))


def _texts(value: object, keys: set[str], key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "examples" and name != "sources":
                yield from _texts(inner, keys, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, keys, key)
    elif isinstance(value, str) and key in keys:
        yield value


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def _translations() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def _updated(po: Path, source: str) -> str:
    """A translation with the messages of today: new ones empty, changed ones marked fuzzy."""
    catalog = read_po(io.BytesIO(po.read_bytes()), locale=po.parts[-3])
    catalog.update(read_po(io.StringIO(source)), update_header_comment=False)
    return _written(catalog)


def _written(catalog: Catalog) -> str:
    """Write without dates and lines: what did not change stays the same to the letter."""
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_po(out, catalog, include_lineno=False, sort_output=True, width=100)
    text = out.getvalue().decode()
    return HEADERS.sub("", text)


def _compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main(languages: Iterable[str]) -> None:
    """Write the source catalogue, bring every translation up to it and compile it."""
    LOCALE.mkdir(exist_ok=True)
    source = pot()
    POT.write_text(source, encoding="utf-8")
    for language in languages:
        print(f"Begun: {begin(language).relative_to(ROOT)}")
    for po in _translations():
        po.write_text(_updated(po, source), encoding="utf-8")
        po.with_suffix(".mo").write_bytes(_compiled(read_po(io.BytesIO(po.read_bytes()))))


if __name__ == "__main__":
    main(sys.argv[1:])
