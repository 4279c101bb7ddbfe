"""Every relation between rows says what becomes of it when what it names is to go."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model, UUIDField

from locality.sharing.retention import doors, going, reads
from locality.sharing.retention.words import Answer

MOVES = (Answer.GOES, Answer.CARRIES)


def models() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one.__module__.startswith("locality.")]


def names_rows(field: Field) -> bool:
    """Whether a column names other rows: a foreign key, or identifiers without one."""
    plain = getattr(field, "base_field", field) if isinstance(field, ArrayField) else field
    own = field.primary_key and not isinstance(field, ForeignKey)
    return isinstance(field, ForeignKey) or (isinstance(plain, UUIDField) and not own)


def columns() -> Iterator[tuple[str, Field]]:
    for model in models():
        for field in model._meta.concrete_fields:
            if names_rows(field):
                yield f"{model._meta.label_lower}.{field.name}", field


def parts() -> set[str]:
    """Kinds that go with something: by an answer of their own, or carried."""
    goes = {name.rpartition(".")[0] for name, one in doors.RELATIONS.items()
            if one.answer == Answer.GOES}  # fmt: skip
    carried = {going.target(name, one.to) for name, one in doors.RELATIONS.items()
               if one.answer == Answer.CARRIES}  # fmt: skip
    return (goes | carried) - set(doors.ROOTS)


def unanswered() -> set[str]:
    """Columns for which somebody still has to say what happens.

    A foreign key to what no schedule is for needs no answer, nor do identifiers in a row that is
    left alone: why they stay is said of the row.
    """
    found = set()
    for name, field in columns():
        kind = name.rpartition(".")[0]
        if isinstance(field, ForeignKey):
            to = field.related_model._meta.label_lower
            needs = to not in doors.ALONE or to == going.PERSON
        else:
            needs = kind not in doors.ALONE
        if needs and name not in doors.RELATIONS:
            found.add(name)
    return found


def roots_of(kind: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The records that rows of a kind go with."""
    if kind in doors.ROOTS:
        return {kind}
    above = set()
    for name, one in doors.RELATIONS.items():
        own, to = name.rpartition(".")[0], going.target(name, one.to)
        if one.answer == Answer.GOES and own == kind:
            above |= set(doors.ROOTS) if to == doors.ANY else {to}
        if one.answer == Answer.CARRIES and to == kind:
            above.add(own)
    return set().union(*(roots_of(one, seen | {kind}) for one in above - seen - {kind}), set())


def test_every_relation_is_answered():
    assert not unanswered()


@pytest.mark.parametrize("name", sorted(doors.RELATIONS))
def test_an_answer_taken_away_is_missed(name: str, monkeypatch):
    """Answers that nobody needs are not kept, but for identifiers that freeze or keep records."""
    one = doors.RELATIONS[name]
    monkeypatch.delitem(doors.RELATIONS, name)
    if name.rpartition(".")[0] not in doors.ALONE:
        assert unanswered() == {name}
    else:
        assert one.answer in (Answer.KEEPS, Answer.FREEZES, Answer.GOES)


def test_every_kind_has_a_time_or_goes_with_one_or_is_left_alone_with_a_reason():
    kinds = {model._meta.label_lower for model in models()}
    sets = [set(doors.ROOTS), parts(), set(doors.ALONE)]
    assert kinds == set().union(*sets)
    assert sum(map(len, sets)) == len(kinds)
    assert all(why.endswith(".") for why in doors.ALONE.values())


def test_every_answer_is_of_a_column_that_names_rows():
    named = dict(columns())
    for name, one in doors.RELATIONS.items():
        assert name in named, name
        assert isinstance(named[name], ForeignKey) != bool(one.to), name


def test_a_foreign_key_to_what_may_go_never_stays():
    """PostgreSQL would refuse to erase what it names, long after everybody had agreed."""
    for name, field in columns():
        one = doors.RELATIONS.get(name)
        if one and one.answer == Answer.STAYS and isinstance(field, ForeignKey):
            assert field.related_model._meta.label_lower in doors.ALONE, name


def test_nothing_goes_with_what_is_left_alone_and_nothing_left_alone_goes():
    for name, one in doors.RELATIONS.items():
        if one.answer in MOVES:
            assert name.rpartition(".")[0] not in doors.ALONE, name
            assert going.target(name, one.to) not in doors.ALONE, name


def test_whatever_goes_goes_with_some_record_in_the_end():
    for kind in parts():
        assert roots_of(kind), kind


def test_no_two_kinds_of_record_keep_each_other_for_ever():
    keeps: dict[str, set[str]] = defaultdict(set)
    for name, one in doors.RELATIONS.items():
        if one.answer == Answer.KEEPS and one.keeps_while is None:
            to = going.target(name, one.to)
            kept = {"people.record"} if to == going.PERSON else roots_of(to)
            for keeper in roots_of(name.rpartition(".")[0]):
                keeps[keeper] |= kept - {keeper}
    reached = {kind: set(below) for kind, below in keeps.items()}
    for _ in doors.ROOTS:
        for below in reached.values():
            below |= set().union(*(reached.get(one, set()) for one in below))
    assert not [kind for kind, below in reached.items() if kind in below], reached


def test_a_slimmer_row_leaves_nothing_by_which_somebody_is_found():
    slimmed = [root for root in doors.ROOTS.values() if root.leaves]
    assert len(slimmed) >= 3
    for root in slimmed:
        model = apps.get_model(root.kind)
        assert root.leaves <= model.Handling.plain - {"reference"}, root.kind
        assert not any(names_rows(model._meta.get_field(one)) for one in root.leaves), root.kind


def test_every_schedule_can_be_read_and_says_whether_it_is_confirmed():
    assert {one.sector.value for one in reads.schedules()} >= {
        "police", "council", "health", "voluntary sector"
    }  # fmt: skip
    assert not any(one.confirmed for one in reads.schedules() if "unchecked" in one.mark)
