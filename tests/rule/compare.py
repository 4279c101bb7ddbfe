"""Ask the database as each person of a world, and compare what it says with the oracle."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import psycopg

from tests.rule.build import insert, key_of, row
from tests.rule.kinds import KINDS
from tests.rule.oracle import Facts, Item, Who
from tests.rule.seeing import sees
from tests.rule.worlds import AGENCIES, CATEGORIES
from tests.rule.writing import (
    ADDERS,
    CHANGERS,
    REMOVERS,
    may_add,
    may_answer,
    may_call_off,
    may_change,
    may_remove,
    open_ask,
)

PURPOSE_KEYS = {1: "early help", 2: "safeguarding children"}
ANSWERS = ("agreed", "declined", "taken back")
STEPS = (*ANSWERS, "drafted", "changed", "asked", "suspended", "ended", "entered", "replaced")
REFUSED = psycopg.errors.InsufficientPrivilege
ALL = tuple(KINDS)


class Judge:
    """One world in the database, asked as each of its people in turn."""

    def __init__(self, database: psycopg.Connection, facts: Facts, looks: dict) -> None:
        self.database, self.facts, self.looks = database, facts, looks
        self.who, self.purpose = facts.people[0], 1
        self.random = Random(0)
        self.asked = Counter()  # decisions compared, of each kind of access, and rows that showed
        self.tries, self.share = 1, 0.3  # rows copied; of what must be refused, how much is tried

    def become(self, who: Who, purpose: int, kind: str = "page") -> bool:
        """Open the database's context as somebody, or none when the database says no."""
        self.who, self.purpose = who, purpose
        self.database.execute("RESET ROLE")
        opened = self.database.execute(
            "SELECT locality.open_context(%s, %s, %s)",
            [key_of(who), PURPOSE_KEYS[purpose], self.looks.get((who.post, purpose, kind))],
        ).fetchone()[0]
        assert opened == self.facts.may_act(who, purpose)
        self.database.execute("SET ROLE locality_app")
        return opened

    def expected(self, answer: object, kind: str) -> set[UUID]:
        """The rows of a kind for which the oracle says yes."""
        rows = self.facts.of_kind(kind)
        return {one.id for one in rows if answer(self.facts, self.who, self.purpose, one)}

    def compare(self, kinds: Collection[str] = ALL, parts: Collection[str] = "SACR") -> None:
        """What is seen (S), may be added (A), changed (C) and removed (R)."""
        if "S" in parts:
            self.compare_seeing(kinds)
            self.compare_emergency(kinds)
        for kind in kinds:
            if "C" in parts:
                self.compare_changing(kind)
            if "A" in parts:
                self.compare_adding(kind)
            if "R" in parts:
                self.compare_removing(kind)

    def compare_seeing(self, kinds: Collection[str]) -> None:
        """Rows of every kind, in one question."""
        parts = [f"SELECT '{k}', {KINDS[k].key} FROM {KINDS[k].table}" for k in kinds]  # noqa: S608
        found: dict[str, set[UUID]] = {kind: set() for kind in kinds}
        for kind, one in self.database.execute(" UNION ALL ".join(parts)).fetchall():
            found[kind].add(one)
        for kind in kinds:
            here = {item.id for item in self.facts.of_kind(kind)}
            expected = self.expected(sees, kind)
            self.asked += Counter(seen=len(here), shown=len(expected))
            assert found[kind] & here == expected, self._says(
                "sees", kind, found[kind] & here, expected
            )

    def compare_emergency(self, kinds: Collection[str]) -> None:
        """What is seen by a look in an emergency; and that nothing can be written then."""
        with self.database.transaction(force_rollback=True):
            self.facts.urgently = True
            try:
                if self.become(self.who, self.purpose, "emergency"):
                    self.compare_seeing(kinds)
                    assert self.database.execute("SHOW transaction_read_only").fetchone() == ("on",)
            finally:
                self.facts.urgently = False

    def compare_adding(self, kind: str) -> None:
        """Copies of rows, in one's own name and others', with one's own label and others'."""
        rows = self._steps() if kind == "agreement step" else self.facts.of_kind(kind)
        for item in self.random.sample(rows, min(self.tries, len(rows))):
            for one in self._variants(item):
                expected = may_add(self.facts, self.who, self.purpose, one)
                if expected or self.random.random() < self.share:
                    self.asked["added"] += 1
                    assert self._adds(one) == expected, (self._says("adds", kind), one)
                if kind not in ADDERS:
                    return

    def _variants(self, item: Item) -> Iterator[Item]:
        """A row as one's own, and that with each thing in it as somebody else would have it."""
        who, number = self.who, item.id if KINDS[item.kind].key != "id" else uuid4()
        mine = {"by": who.post, "made_by": who.post, "post": who.post, "user": who.user,
                "giver": who.agency, "agency": who.agency, "purpose": self.purpose}  # fmt: skip
        item = self._beneath_mine(item)
        signed = {name: mine.get(name, was) for name, was in item.has.items()}
        own = replace(item, id=number, has=signed)
        for label in {item.label, (who.agency, *item.label[1:])} if item.owner else {item.label}:
            owner, category, marking = label
            own = replace(own, owner=owner, category=category, marking=marking)
            yield own
            yield replace(own, has=item.has)
        if item.owner:
            yield replace(own, category=self.random.choice(CATEGORIES))
            yield replace(own, owner=self.random.choice(AGENCIES))
            owner, category, marking = self.random.choice(self.facts.of_kind(item.kind)).label
            yield replace(own, owner=owner, category=category, marking=marking)
        others = self.facts.of_kind(item.kind)
        if item.kind == "subject answer":
            yield replace(own, parent=self.random.choice(others).parent)
        for name in item.has:
            for was in (item.has[name], self.random.choice(others).has[name]):
                if was != signed[name] or item.kind == "disclosed":
                    yield replace(own, has={**signed, name: was})

    def _steps(self) -> list[Item]:
        """Every step that could be next, whoever takes it."""
        asks = {one.id: open_ask(self.facts, one) for one in self.facts.of_kind("agreement")}
        return [
            Item("agreement step", uuid4(), parent=agreement, has={
                "step": step, "answers": ask.id if ask and step in ANSWERS else None,
                "by": None, "agency": None,
            })
            for agreement, ask in asks.items() for step in STEPS
        ]  # fmt: skip

    def _beneath_mine(self, item: Item) -> Item:
        """The same where one might add it, so that more is compared than refusals."""
        if item.kind == "disclosed":
            return self._within_mine(item)
        if item.kind in ("subject answer", "subject correction"):
            return self._of_what_i_read(item)
        return item

    def _within_mine(self, item: Item) -> Item:
        """The same item in a disclosure of one's own or one's agency's, if there is one."""
        acts = self.facts.of_kind("disclosure")
        who = self.who
        mine = [one for one in acts if one.has["by"] == who.post or one.owner == who.agency]
        if not mine:
            return item
        act = self.random.choice(mine)
        has = {name: act.has[name] for name in item.has if name in act.has}
        return replace(item, parent=act.id, has={**item.has, **has, "giver": act.owner})

    def _of_what_i_read(self, item: Item) -> Item:
        """The same of something decided for a request that one reads for, if there is one."""
        readers = self.facts.of_kind("subject reader")
        mine = {one.parent for one in readers if one.has["post"] == self.who.post}
        parts = [one for one in self.facts.of_kind("subject item") if one.parent in mine]
        if not parts:
            return item
        part = self.random.choice(parts)
        has = {name: was for name, was in part.has.items() if name in item.has}
        return replace(item, parent=part.parent, has={**item.has, **has} | (
            {"part": part.id} if "part" in item.has else {}))  # fmt: skip

    def _adds(self, item: Item) -> bool:
        try:
            with self.database.transaction(force_rollback=True):
                insert(self.database, KINDS[item.kind].table, row(self.facts, item))
        except REFUSED:
            return False
        except psycopg.IntegrityError:
            return True  # the rule let it pass; it is no row for another reason
        return True

    def compare_changing(self, kind: str) -> None:
        """Which rows an edit reaches that names none of them: what is hidden is not touched."""
        if kind == "request":
            return self._compare_answering()
        if kind == "record":
            self._compare_linking()
        expected = self.expected(may_change, kind)
        self.asked["changed"] += len(self.facts.of_kind(kind))
        changed = self._changes(kind, *(KINDS[kind].edit or (KINDS[kind].key, None)))
        assert changed == expected, self._says("changes", kind, changed, expected)
        assert kind in CHANGERS or not changed

    def _compare_linking(self) -> None:
        """Records are said to be of somebody else, but not of somebody one is kept from."""
        reached = self.expected(may_change, "record")
        for person in self.facts.of_kind("person"):
            kept = self.facts.is_kept_from(self.who, person)
            expected = 0 if kept else len(reached)
            found = self._reaches("UPDATE people_record SET person_id = %s", person.id)
            assert found == expected, (self._says("links", "record"), person)

    def _changes(self, kind: str, column: str, value: object) -> set[UUID]:
        of = KINDS[kind]
        try:
            with self.database.transaction(force_rollback=True):
                self.database.execute(
                    f'UPDATE {of.table} SET "{column}" = %s{of.with_it}',
                    [value],  # noqa: S608
                )
                self.database.execute("RESET ROLE")
                rows = self.database.execute(
                    f'SELECT {of.key} FROM {of.table} WHERE "{column}"::text LIKE %s',  # noqa: S608
                    [f"{value}%"],
                ).fetchall()
                return {one for (one,) in rows}
        except REFUSED:
            return set()

    def _compare_answering(self) -> None:
        """A request is answered by those it is put to and called off by those who asked.

        Each is looked at where there is no other, so that an edit need not say which it is for.
        """
        for request in self.facts.of_kind("request"):
            for answer, may in (("nothing held", may_answer), ("no longer needed", may_call_off)):
                expected = may(self.facts, self.who, self.purpose, request)
                self.asked["changed"] += 1
                found = self._reaches(
                    "UPDATE cases_request SET answer = %s", answer, alone=request.id
                )
                assert found == expected, (self._says("answers", "request"), request, answer)

    def _reaches(self, edit: str, value: object, alone: UUID | None = None) -> int:
        """How many rows an edit reaches that names none: none when it is refused."""
        try:
            with self.database.transaction(force_rollback=True):
                if alone:
                    self.database.execute("RESET ROLE")
                    self.database.execute("DELETE FROM cases_request WHERE id <> %s", [alone])
                    self.database.execute("SET ROLE locality_app")
                return self.database.execute(edit, [value]).rowcount
        except REFUSED:
            return 0

    def compare_removing(self, kind: str) -> None:
        """Which rows go when everything is to go."""
        expected = self.expected(may_remove, kind)
        here = {item.id for item in self.facts.of_kind(kind)}
        self.asked["removed"] += len(here)
        try:
            with self.database.transaction(force_rollback=True):
                self.database.execute(f"DELETE FROM {KINDS[kind].table}")  # noqa: S608
                self.database.execute("RESET ROLE")
                left = self.database.execute(
                    f"SELECT {KINDS[kind].key} FROM {KINDS[kind].table}"  # noqa: S608
                ).fetchall()
                gone = here - {one for (one,) in left}
        except REFUSED:
            gone = set()
        assert gone == expected, self._says("removes", kind, gone, expected)
        assert kind in REMOVERS or not gone

    def _says(
        self, does: str, kind: str, found: set[UUID] | None = None, expected: set | None = None
    ) -> str:
        """Who, what, and one row about which the two disagree."""
        says = f"{does} {kind}, purpose {self.purpose}, {self.who}"
        for words, these in (("too much", (found or set()) - (expected or set())),
                             ("too little", (expected or set()) - (found or set()))):  # fmt: skip
            for one in sorted(these)[:1]:
                says += f"\n{words}: {[i for i in self.facts.of_kind(kind) if i.id == one]}"
        return says
