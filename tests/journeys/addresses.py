"""Every named address, filled in with what the database holds."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
from django.apps import apps
from django.urls import Resolver404, get_resolver, resolve, reverse
from psycopg import sql

NAMES = {
    "link": "sameperson",
    "look": "consultation",
    "access": "emergencyaccess",
    "subject_request": "subjectrequest",
    "correction": "subjectcorrection",
    "whom": "person",
    "other": "person",
}  # where an argument is not called as its model
# These show what a reporter keeps of their concern, whether or not they may still read it.
RECEIPTS = {"intake:receipt", "intake:add-more", "intake:withdraw"}
NOT_RECORDS = {"web:demo-sign-in"}


def ours() -> Iterator[tuple[str, dict[str, object]]]:
    """Every name of ours, with the arguments of its address and their converters."""
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        for name in filter(_is_text, resolver.reverse_dict):
            for _, _, _, converters in resolver.reverse_dict.getlist(name):
                yield f"{space}:{name}", converters


def with_uuids() -> list[tuple[str, dict[str, object]]]:
    """Every name of ours that takes a UUID, other than the one-click sign-in."""
    taking = [(name, given) for name, given in ours() if any(map(is_uuid, given.values()))]
    return sorted((one for one in taking if one[0] not in NOT_RECORDS), key=lambda one: one[0])


def filled(
    name: str, arguments: dict[str, object], database: str, *, absent: bool = False
) -> str | None:
    """An address of this name, with records that are there or (`absent`) with none that is."""
    given: dict[str, object] = {}
    for argument, converter in arguments.items():
        value = (
            uuid4()
            if absent and is_uuid(converter)
            else value_of(name, argument, converter, database)
        )
        if value is None:
            return None
        given[argument] = value
    return reverse(name, kwargs=given)


def _is_text(name: object) -> bool:
    return isinstance(name, str)


def is_uuid(converter: object) -> bool:
    """Whether an argument names a record."""
    return type(converter).__name__ == "UUIDConverter"


def model_of(name: str, argument: str) -> str:
    """What the model is called of which records stand in an address as this argument."""
    wanted = argument.removesuffix("_id")
    if wanted == "concern" and name in RECEIPTS:
        return "receipt"
    return NAMES.get(wanted, wanted)


def value_of(name: str, argument: str, converter: object, database: str) -> UUID | int | str | None:
    """Something that may stand for an argument; None when no such record is there."""
    if is_uuid(converter):
        return _first_id(model_of(name, argument), database)
    if type(converter).__name__ == "IntConverter":
        return 1
    return {"of": "cases.case", "way": "open", "on": "who", "key": "mentoring"}.get(
        argument, "nothing"
    )


def _first_id(wanted: str, database: str) -> UUID | None:
    for model in apps.get_models():
        if model._meta.model_name == wanted:
            with psycopg.connect(database) as looking:
                table = sql.Identifier(model._meta.db_table)
                key = sql.Identifier(model._meta.pk.column)
                row = looking.execute(sql.SQL("SELECT {} FROM {} LIMIT 1").format(key, table))
                found = row.fetchone()
                return found[0] if found else None
    return None


def name_of(path: str) -> str:
    """The name of an address, or the address itself where it has none here."""
    try:
        return resolve(urlsplit(path).path).view_name or path
    except Resolver404:
        return urlsplit(path).path


def arguments_of(path: str) -> dict[str, object]:
    """What stands in an address between its words: identifiers, codes, ways."""
    try:
        return resolve(urlsplit(path).path).kwargs
    except Resolver404:
        return {}
