"""Write docs/fields.md: what each field may hold. `python -m scripts.fields`."""

import importlib
import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import django
from django import forms
from django.db import models

from scripts.install import ROOT

PAGE = ROOT / "docs" / "fields.md"
SOURCE = ROOT / "src"
INTRO = """# What each field may hold

Written from the code by `python -m scripts.fields`; a test fails when it is out of date. A form
says what somebody may type; what it refuses, it names with the value and the fix. The database says
what a record may hold, whoever writes it. What may follow what is drawn in [states](states).

- Everything typed is text without control characters, as long as is said at most, spaces around
  it taken away; a whole form holds 2 MB and 500 fields at most. A choice is one of those offered,
  and nothing else.
- “Together” says what is asked of several fields at once.
"""


def page() -> str:
    """Write the whole page."""
    parts = [INTRO, "## Forms\n", *map(_form, all_forms()), "## Records\n"]
    return "\n".join([*parts, *map(_record, all_records())]).rstrip() + "\n"


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of ours that somebody fills in, by where it is."""
    found = []
    for name in _modules():
        module = importlib.import_module(name)
        found += [
            one for _, one in inspect.getmembers(module, inspect.isclass)
            if issubclass(one, forms.BaseForm) and one.__module__ == name
        ]  # fmt: skip
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def all_records() -> list[type[models.Model]]:
    """Every kind of record of ours, by domain."""
    ours = [one for one in django.apps.apps.get_models() if one.__module__.startswith("locality.")]
    return sorted(ours, key=lambda one: one._meta.label)


def _modules() -> Iterator[str]:
    for file in sorted(SOURCE.glob("locality/**/*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        if "tests" not in parts and any(part.endswith("forms") for part in parts):
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _form(form: type[forms.BaseForm]) -> str:
    name = f"{form.__module__.removeprefix('locality.')}.{form.__qualname__}"
    fields = [(field.label or key, _typed(field)) for key, field in form.base_fields.items()]
    together = _says(form.clean) if "clean" in vars(form) else ""
    return "\n".join(
        [
            f"### {name}\n",
            f"{_says(form)}\n",
            *_table(fields),
            *[f"Together: {together}\n"] * bool(together),
        ]
    )


def _table(fields: list[tuple[object, Iterator[str]]]) -> list[str]:
    if not fields:
        return []
    rows = [f"| {_cell(name)} | {_cell(', '.join(says))} |" for name, says in fields]
    return ["| field | what it may hold |", "|---|---|", *rows, ""]


def _typed(field: forms.Field) -> Iterator[str]:
    yield re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(field).__name__.removesuffix("Field")).lower()
    yield "must be answered" if field.required else "may be left empty"
    for name, says in (
        ("min_length", "{} characters or more"), ("max_length", "{} characters at most"),
        ("min_value", "{} or more"), ("max_value", "{} at most"),
    ):  # fmt: skip
        if (limit := getattr(field, name, None)) is not None:
            yield says.format(limit)
    offered = [str(key) for key, _ in getattr(field, "_choices", None) or [] if str(key)]
    if offered and not callable(getattr(field, "_choices", None)):
        yield f"one of: {'; '.join(offered)}"


def _record(model: type[models.Model]) -> str:
    fields = [(field.name, _kept(field)) for field in model._meta.concrete_fields]
    rules = [f"- {_rule(one)}" for one in model._meta.constraints]
    return "\n".join(
        [f"### {model._meta.label}\n", f"{_says(model)}\n", *_table(fields), *rules, ""]
    )


def _kept(field: models.Field) -> Iterator[str]:
    yield field.get_internal_type().removesuffix("Field").lower()
    if field.is_relation:
        yield f"a {field.related_model._meta.label} that is there"
    if field.null:
        yield "may be nothing"
    if field.unique:
        yield "no two the same"
    if field.max_length:
        yield f"{field.max_length} characters at most"
    if field.choices:
        yield f"one of: {'; '.join(str(key) for key, _ in field.choices)}"


def _rule(constraint: models.BaseConstraint) -> str:
    says = constraint.name.replace("_", " ")
    if isinstance(constraint, models.CheckConstraint):
        return f"{says}: `{_cell(str(constraint.condition))}`"
    fields = ", ".join(getattr(constraint, "fields", ()) or ())
    return f"{says}: no two with the same {fields}" if fields else says


def _says(thing: object) -> str:
    """The first sentence of what something says of itself; nothing of a framework's."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
    django.setup()
    Path(PAGE).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
