"""Read what is configured: kinds of record from the models, tools from each domain's file."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import AppConfig, apps
from django.db.models import Model

from locality.kit.errors import BadInput
from locality.kit.saying import say
from locality.sharing.register.words import Kept, Tool

FILE = "algorithms.toml"


def kinds_of_record() -> list[tuple[str, list[Kept]]]:
    """Every kind of record in which something is about somebody, by domain."""
    found = [(str(domain.verbose_name), list(_kept(domain))) for domain in _domains()]
    return [(name, kept) for name, kept in found if kept]


@cache
def tools() -> tuple[tuple[str, Tool], ...]:
    """Every tool with the domain it belongs to. Raises BadInput naming the file that is wrong."""
    return tuple(
        (str(domain.verbose_name), tool) for domain in _domains() for tool in _tools(domain)
    )


def called(model: type[Model], name: str) -> str:
    """What a column holds: its help text, or its name in words."""
    return model._meta.get_field(name).help_text or name.replace("_", " ")


def _domains() -> list[AppConfig]:
    return [one for one in apps.get_app_configs() if one.name.startswith("locality.")]


def _kept(domain: AppConfig) -> Iterator[Kept]:
    for model in domain.get_models():
        handling = model.Handling  # every model of ours has one: a test holds them to it
        if handling.personal:
            named = tuple(sorted(called(model, name) for name in handling.personal))
            yield Kept(_first_sentence(model), named, handling.keep)


def _first_sentence(model: type[Model]) -> str:
    return (model.__doc__ or "").strip().split(". ")[0].split("\n")[0].rstrip(".")


def _tools(domain: AppConfig) -> Iterator[Tool]:
    file = Path(domain.path) / FILE
    if not file.exists():
        return
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["tools"]:
        try:
            yield Tool(**entry)
        except TypeError as wrong:
            raise BadInput(
                say("{file} does not say all of a tool: {wrong}", file=str(file), wrong=str(wrong))
            ) from None
