"""What the rule costs in a large area, and that it shows what it should there.

An invented area is made in an empty database as the services would have left it: agencies, posts,
agreements with consent and without, people with several agencies' records, concerns disclosed to
three front doors over two years, decisions, cases and their teams, people who are kept from others
(tests/scale). Rows drawn from all of it are asked for as many people, for three purposes, and what
shows is compared with a plain oracle that reads the raw rows.

Then the application's own statements are taken down while it makes them, and each is executed by
turns under the policies and by an administrator whom none binds: the same statement, the same data,
planner statistics gathered, everything in memory, no help of a second process. A screener works at
the council's front door, an officer at the police's, for another purpose, and is kept from two
people; a provider sees a few cases and what their own agency raised; a stranger makes the
screener's statements and sees nothing. Pages are whole, as they are served. Figures are medians:
how many times as long it takes as without policies.

In the short form the area has 20,000 people and 60,000 concerns, in the long form 1,000,000 and
3,000,000.
"""

import statistics
import time
from collections.abc import Iterator

from django.urls import reverse

from benchmarks import costs
from proofs import NotShown, Row, administrator, required
from tests.scale import asking, judging, timing
from tests.scale.asking import Asker
from tests.scale.filling import Size, fill
from tests.world import World, build

SHORT, LONG = Size(20_000, 60_000), Size(1_000_000, 3_000_000)
NAMED = ("teacher", "screener", "lead", "specialist", "nurse", "officer", "chair", "mentor",
         "stranger")  # fmt: skip
NARROW = ("provider", "stranger")
# What is asked: what it is called here, the aim, the aim for whoever sees least, how many turns.
TASKS: dict[str, tuple[str, float, float, int]] = {
    "point": ("One record by its key", 2, 2, 200),
    "equality": ("Search by date of birth and postcode", 2, 2, 100),
    "prefix": ("Search by the beginnings of a name", 2, 2, 100),
    "wider": ("Search by short forms and other spellings", 2, 2, 20),
    "queue": ("First page of a queue", 2, 5, 20),
    "queue count": ("How many wait in a queue", 3, 5, 20),
    "count": ("Concerns of 90 days counted for a report", 3, 5, 2),
}
PAGES = 1.3
INSERTED, CONTEXT = 1.25, 0.5  # times; milliseconds


class Told:
    """What missed its aim, so that the other figures are shown all the same."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def unless(self, held: bool, says: str) -> None:
        """Remember a sentence unless the aim was met."""
        if not held:
            self.missed.append(says)


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Make the area, judge it, and time what is asked of it."""
    world, size, told = build("proof"), LONG if long else SHORT, Told()
    began = time.perf_counter()
    fill(administrator(), world, size, seed)
    yield Row(
        "The area", f"{size.persons:,} people, {size.concerns:,} concerns", "",
        f"made in {time.perf_counter() - began:,.0f} s, {size.posts:,} posts in 40 agencies",
    )  # fmt: skip
    yield from _judged(world, seed, people=12 if long else 6, most=400 if long else 300)
    askers = asking.askers(world)
    for figures in (_statements(askers, told), _pages(world, askers, told), _raised(askers, told),
                    _opened(askers, told)):  # fmt: skip
        yield from figures
    required(not told.missed, "; ".join(told.missed))


def _judged(world: World, seed: int, people: int, most: int) -> Iterator[Row]:
    actors = [world.actors[name] for name in NAMED]
    actors += judging.somebody(administrator(), people)
    found = judging.judge(administrator(), actors, most, seed)
    wrong = found.leaks + found.refusals
    yield Row(
        "Leaks, and wrong refusals", f"{len(found.leaks)} and {len(found.refusals)} of"
        f" {found.asked:,}", "0 and 0",
        f"{len(actors)} people, {len(judging.PURPOSES)} purposes, rows of {len(found.by_kind)} "
        f"kinds; {found.shown:,} showed",
    )  # fmt: skip
    if wrong:
        raise NotShown(wrong[0])


def _statements(askers: list[Asker], told: Told) -> Iterator[Row]:
    """Each question, as everybody who asks it."""
    said = {one.name: _said(one) for one in askers}
    # Of somebody who does not show, other statements would be made: a stranger makes the first's.
    said["stranger"] = {
        name: statements for name, statements in said["screener"].items() if "queue" not in name
    }
    pairs = {one.name: dict(_timed(one, said[one.name])) for one in askers}
    for task, (says, aim, narrow, _) in TASKS.items():
        mine = {name: found[task] for name, found in pairs.items() if task in found}
        least = "" if aim == narrow else f", who sees least ≤ {narrow}"
        yield _row(says, mine, f"≤ {aim}{least}")
        for name, pair in mine.items():
            most = narrow if name in NARROW else aim
            told.unless(pair.ratio <= most, f"{says}, {name}: {pair.ratio:.2f} times")
    whole = {name: one["person"] for name, one in pairs.items()}
    yield _row("The statements of a person’s page", whole, "")


def _said(asker: Asker) -> dict[str, list[str]]:
    if asker.name == "stranger":
        return {}
    asks = asking.questions(asker)
    return {name: timing.statements(asker.by, ask) for name, ask in asks.items()}


def _timed(asker: Asker, said: dict[str, list[str]]) -> Iterator[tuple[str, timing.Pair]]:
    with timing.in_context(administrator(), asker.by) as database:
        for name, statements in said.items():
            turns = TASKS[name][-1] if name in TASKS else 100
            yield name, timing.by_turns(database, statements, turns)


def _row(says: str, pairs: dict[str, timing.Pair], aim: str) -> Row:
    figures = ", ".join(f"{name} {pair.ratio:.2f}" for name, pair in pairs.items())
    times = "; ".join(f"{name} {pair.says} ms" for name, pair in pairs.items())
    return Row(says, figures, aim, times)


def _pages(world: World, askers: list[Asker], told: Told) -> Iterator[Row]:
    """Whole pages, as the site makes them, with what it takes to write them."""
    for says, paths in (
        ("A person’s page, whole", {one.name: reverse("people:person", args=[one.person])
                                    for one in askers if one.name != "stranger"}),
        ("The page of a queue, whole", {"screener": reverse("triage:queue")}),
    ):  # fmt: skip
        found = {}
        for one in askers:
            if path := paths.get(one.name):
                client = world.client_of(one.by, SERVER_NAME="localhost")
                having, without = costs.by_policies(client, path).medians("whole")
                found[one.name] = (having / without, f"{having:.1f} and {without:.1f}")
        yield Row(
            says, ", ".join(f"{name} {ratio:.2f}" for name, (ratio, _) in found.items()),
            f"≤ {PAGES}", "; ".join(f"{name} {times} ms" for name, (_, times) in found.items()),
        )  # fmt: skip
        for name, (ratio, _) in found.items():
            told.unless(ratio <= PAGES, f"{says}, {name}: {ratio:.2f} times")


def _raised(askers: list[Asker], told: Told) -> Iterator[Row]:
    """What raising a concern writes: its rows alone, and all that the service asks and writes."""
    rows, whole = {}, {}
    for one in askers[:-1]:
        said = timing.statements(one.by, asking.raising(one))
        inserts = [statement for statement in said if statement.startswith("INSERT")]
        with timing.in_context(administrator(), one.by) as database:
            rows[one.name] = timing.by_turns(database, inserts, 60, writes=True)
            whole[one.name] = timing.by_turns(database, said, 60, writes=True)
    yield _row("The rows that raising a concern adds", rows, f"≤ {INSERTED}")
    yield _row("All that its service asks and adds", whole, "")
    for name, pair in rows.items():
        says = f"the rows of a concern, {name}: {pair.ratio:.2f} times"
        told.unless(pair.ratio <= INSERTED, says)


def _opened(askers: list[Asker], told: Told) -> Iterator[Row]:
    """How long the database takes to know who is acting."""
    found = {
        one.name: statistics.median(timing.opening(administrator(), one.by, 200)) * 1000
        for one in askers
    }
    figures = ", ".join(f"{name} {took:.2f} ms" for name, took in found.items())
    yield Row("Opening the context", figures, f"≤ {CONTEXT} ms", "with the way there and back")
    for name, took_ms in found.items():
        told.unless(took_ms <= CONTEXT, f"opening the context, {name}: {took_ms:.2f} ms")
