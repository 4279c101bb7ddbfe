"""Ask for a record that is hidden and for one that is not there, and compare the two answers."""

import json
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import psycopg
from django.apps import apps
from django.urls import reverse
from psycopg import sql

from tests.journeys import addresses
from tests.journeys.caller import FORM, Answer, Caller
from tests.journeys.site import ROOT, Site

# Differ between any two answers, or say whether the server's own process is about to be renewed.
NOT_SAID = {"date", "set-cookie", "x-request-id", "connection"}
ITS_OWN = re.compile(
    rb'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name="csrfmiddlewaretoken" '
    rb'value="\w+"|\d\d:\d\d'
)
ASKED = ("GET", "POST", "part", "HEAD")  # a part is what htmx asks for
Said = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Pair:
    """An address of somebody's, with a record that is hidden from them and with none."""

    who: str
    name: str
    kind: str  # the table of what is hidden
    hidden: str
    absent: str


@dataclass
class Hidden:
    """Everybody who may ask, and what each is not shown."""

    site: Site
    callers: dict[str, Caller] = field(default_factory=dict)
    records: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # who, table: hidden
    others: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # who, table: shown

    def leave(self, who: list[str]) -> None:
        """Let only these go on."""
        self.callers = {name: self.callers[name] for name in who}

    def pairs(self, random: Random) -> Iterator[Pair]:
        """Every address for everybody, once for each of its records that can be hidden."""
        for who in self.callers:
            for name, given in addresses.with_uuids():
                for one in filter(lambda one: addresses.is_uuid(given[one]), given):  # noqa: B023
                    if pair := self._pair(random, who, name, given, one):
                        yield pair

    def _pair(
        self, random: Random, who: str, name: str, given: dict[str, object], of: str
    ) -> Pair | None:
        table = table_of(name, of)
        hidden = self.records[who].get(table, [])
        rest = {
            one: self._value(random, who, (name, one), how)
            for one, how in given.items()
            if one != of
        }
        if not hidden or None in rest.values():
            return None
        paths = [reverse(name, kwargs=rest | {of: key}) for key in (random.choice(hidden), uuid4())]
        return Pair(who, name, table, *paths)

    def _value(self, random: Random, who: str, where: tuple[str, str], converter: object) -> object:
        """Something that is there for the rest of an address: shown, if anything of its kind is."""
        if not addresses.is_uuid(converter):
            return addresses.value_of(*where, converter, self.site.administrator)
        table = table_of(*where)
        known = self.others[who].get(table) or self.records[who].get(table)
        return random.choice(known) if known else None


def table_of(name: str, argument: str) -> str:
    """The table of the records that an argument of an address names."""
    wanted = addresses.model_of(name, argument)
    return next((m._meta.db_table for m in apps.get_models() if m._meta.model_name == wanted), "")


def everybody(site: Site, settings: dict[str, str]) -> Hidden:
    """Sign everybody in, and note what the database does not show them."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.hiding.seeing"], cwd=ROOT, env=settings, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    found, there = Hidden(site), dict[str, set[str]]()
    with psycopg.connect(site.administrator) as looking:
        for who, about in json.loads(told.stdout).items():
            found.callers[who] = signed_in(site, about["user"])
            for table in about["sees"]:
                if table not in there:
                    there[table] = _ids(looking, table)
            found.others[who] = about["sees"]
            found.records[who] = {
                table: sorted(there[table] - set(seen)) for table, seen in about["sees"].items()
            }
    return found


def signed_in(site: Site, user: str) -> Caller:
    """Sign in as the demonstration does, also as somebody whom its page does not show."""
    caller = Caller(site.address)
    token = Caller.token(caller.get("/account/login/").page().forms[0])
    caller.post(reverse("web:demo-sign-in", args=[user]), [("csrfmiddlewaretoken", token)])
    return caller


def _ids(looking: psycopg.Connection, table: str) -> set[str]:
    (key,) = (m._meta.pk.column for m in apps.get_models() if m._meta.db_table == table)
    asked = sql.SQL("SELECT {}::text FROM {} LIMIT 5000")
    return {
        one for (one,) in looking.execute(asked.format(sql.Identifier(key), sql.Identifier(table)))
    }


def ask(caller: Caller, how: str, path: str) -> Answer:
    """Ask in one of four ways."""
    if how == "POST":
        return caller.post(path, [("csrfmiddlewaretoken", caller.cookies["csrftoken"])])
    if how == "part":
        return caller.get(path, **{"HX-Request": "true"})
    return caller.ask(how, path, None, {"Content-Type": FORM})


def said(answer: Answer) -> Said:
    """Everything an answer says, but for what names itself."""
    headers = {name: value for name, value in answer.headers.items() if name not in NOT_SAID}
    return answer.status, headers, ITS_OWN.sub(b"...", answer.body)


def difference(caller: Caller, pair: Pair, how: str) -> str:
    """Say how the two answers differ, if they do."""
    hidden, absent = (said(ask(caller, how, path)) for path in (pair.hidden, pair.absent))
    if hidden == absent:
        return ""
    parts = ("status", "headers", "body")
    apart = [part for part, one, other in zip(parts, hidden, absent, strict=True) if one != other]
    headers = sorted(set(hidden[1].items()) ^ set(absent[1].items()))
    said_by = f"{' and '.join(apart)} tell it from what is not there ({hidden[0]}, {absent[0]})"
    return f"{pair.who}, {how} {pair.hidden}: {said_by} {headers}"


def medians(caller: Caller, pair: Pair, times: int) -> tuple[float, float]:
    """How long each takes in the middle, asked by turns, in seconds."""
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(2 * times):
        path = (pair.hidden, pair.absent)[(number + number // 2) % 2]
        began = time.perf_counter()
        caller.get(path)
        took[path].append(time.perf_counter() - began)
    return statistics.median(took[pair.hidden]), statistics.median(took[pair.absent])
