"""After raising: adding to a concern, withdrawing it, naming its place; and who may not."""

from uuid import uuid4

import pytest

from locality.intake import reads, services
from locality.intake.models import Addition, Narrative, Placed, Receipt, Withdrawal
from locality.intake.tests.given import raised
from locality.intake.words import DECIDED, Matter, Stage
from locality.kit.errors import NotHere, Refused
from locality.places import services as places
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry
from tests.world import World

ACTS = {
    "withdraw": lambda by, pk: services.withdraw(by=by, concern_id=pk, why="Raised twice."),
    "add": lambda by, pk: services.add_more(by=by, concern_id=pk, text="And a cough."),
}


def test_a_withdrawn_concern_stays_and_says_why(world: World):
    made = raised(world.teacher)
    services.withdraw(by=world.teacher, concern_id=made.pk, why=" The wrong child. ")
    with acting(world.teacher):
        receipt = reads.my_receipt(world.teacher.post, made.pk)
        assert (receipt.stage, receipt.withdrawn.why) == (Stage.WITHDRAWN, "The wrong child.")
        assert AuditEntry.objects.get(did="intake.concern.withdrawn", why="The wrong child.")
    with acting(world.screener):
        assert reads.concern(made.pk).narrative.text and reads.concern(made.pk).withdrawn_at
        assert reads.withdrawal_of(made.pk).withdrawn_by.name == "Amrit Vale"


@pytest.mark.parametrize("matter", [Matter.LEARNING, Matter.FGM, Matter.VIOLENCE_AT_HOME])
def test_what_is_added_goes_where_the_concern_goes_and_no_further(world: World, matter):
    made = raised(world.teacher, matter=matter)
    services.add_more(by=world.teacher, concern_id=made.pk, text="It was Tuesday, not Monday.")
    for other in (world.nurse, world.stranger, world.lead, world.specialist, world.governor):
        with acting(other):
            assert not Addition.objects.filter(concern=made.pk).exists()
    with acting(world.screener):
        (added,) = reads.concern(made.pk).additions.all()
        assert added.text == "It was Tuesday, not Monday."
        assert Narrative.objects.get(concern=made.pk).text.startswith("Has missed")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("stage", sorted(DECIDED))
def test_what_is_decided_is_neither_withdrawn_nor_added_to_and_says_whom_to_ring(
    world: World, act, stage
):
    made = raised(world.teacher)
    services.tell_reporter(by=world.screener, concern_id=made.pk, stage=stage)
    services.tell_reporter(by=world.screener, concern_id=made.pk, stage=Stage.LOOKED_AT)
    with pytest.raises(Refused, match="01632 960000") as refused:
        ACTS[act](world.teacher, made.pk)
    assert refused.value.code == "intake.already_decided"
    with acting(world.teacher):
        assert not Withdrawal.objects.filter(receipt=made.pk).exists()
        assert not Addition.objects.filter(concern=made.pk).exists()


@pytest.mark.parametrize("act", ACTS)
def test_being_looked_at_is_not_being_decided_and_twice_is_once(world: World, act):
    made = raised(world.teacher)
    services.tell_reporter(by=world.screener, concern_id=made.pk, stage=Stage.LOOKED_AT)
    ACTS[act](world.teacher, made.pk)
    ACTS["withdraw"](world.teacher, made.pk) if act == "add" else None
    with pytest.raises(Refused, match="You withdrew this") as refused:
        ACTS[act](world.teacher, made.pk)
    assert refused.value.code == "intake.withdrawn"


@pytest.mark.parametrize("act", ACTS)
def test_only_its_reporter_may_and_a_hidden_one_is_like_none(world: World, act):
    made = raised(world.teacher)
    colleague = world.new_actor("school", "practitioner")
    for other in (colleague, world.screener, world.nurse, world.stranger):
        for concern_id in (made.pk, uuid4()):
            with pytest.raises(NotHere):
                ACTS[act](other, concern_id)


@pytest.mark.parametrize("name", ["withdraw", "add"])
def test_nothing_at_all_is_refused_in_words(world: World, name):
    made = raised(world.teacher)
    say = {"withdraw": ("why", services.withdraw), "add": ("text", services.add_more)}
    word, act = say[name]
    with pytest.raises(Refused):
        act(by=world.teacher, concern_id=made.pk, **{word: "  "})


def test_the_database_itself_lets_nobody_withdraw_for_another(world: World):
    made = raised(world.teacher)
    for other in (world.screener, world.new_actor("school", "practitioner")):
        with pytest.raises(Exception, match="row-level security"), acting(other):
            Withdrawal.objects.create(
                receipt=Receipt(pk=made.pk), why="No.", withdrawn_by_id=other.post
            )
        with pytest.raises(Exception, match="row-level security"), acting(other):
            Withdrawal.objects.create(
                receipt=Receipt(pk=made.pk), why="No.", withdrawn_by_id=world.teacher.post
            )


def test_the_front_door_names_the_place_and_the_last_word_counts(world: World):
    first = places.add_place(by=world.teacher, name="Alder Park", kind="park")
    second = places.add_place(by=world.nurse, name="Alder Row", kind="street")
    made = raised(world.teacher, people=(), place_says="By the swings, Alder Row end")
    other = raised(world.nurse, people=(), place=second.pk)
    for named in (first, second):
        services.name_place(by=world.screener, concern_id=made.pk, place_id=named.pk)
    with acting(world.screener):
        seen = reads.concern(made.pk)
        assert (seen.where, seen.place) == (second.pk, None)
        assert list(reads.earlier_concerns([], seen.where, seen.pk)) == [other]
        assert list(reads.earlier_concerns([], second.pk, other.pk)) == [made]
        both = [reads.concern(made.pk), reads.concern(other.pk)]
        assert reads.repeats(both) == {made.pk: 1, other.pk: 1}
    for stranger in (world.nurse, world.stranger):
        with acting(stranger):
            assert not Placed.objects.filter(concern=made.pk).exists()


def test_nobody_else_names_the_place_and_none_that_is_not_there(world: World):
    place = places.add_place(by=world.teacher, name="Alder Park", kind="park")
    made = raised(world.teacher, people=(), place_says="The park")
    with pytest.raises(Refused, match="screen concerns"):
        services.name_place(by=world.teacher, concern_id=made.pk, place_id=place.pk)
    with pytest.raises(NotHere):
        services.name_place(by=world.screener, concern_id=made.pk, place_id=uuid4())
    own = raised(world.lead, people=(), place_says="The park")
    outside = world.new_actor("council", "screener")
    with pytest.raises(Refused, match="not part of it"):
        services.name_place(by=outside, concern_id=own.pk, place_id=place.pk)
    with pytest.raises(Exception, match="row-level security"), acting(world.teacher):
        Placed.objects.create(concern_id=made.pk, place=place.pk, placed_by_id=world.teacher.post)


def test_a_concern_about_a_place_that_is_not_there_is_not_raised(world: World):
    with pytest.raises(NotHere):
        raised(world.teacher, people=(), place=uuid4())


@pytest.mark.parametrize("act", [*ACTS, "name"])
def test_without_its_audit_entry_nothing_changes(world: World, monkeypatch, act):
    place = places.add_place(by=world.teacher, name="Alder Park", kind="park")
    made = raised(world.teacher)
    name = {"by": world.screener, "concern_id": made.pk, "place_id": place.pk}
    tables = (Withdrawal, Addition, Placed)
    with acting(world.screener):
        before = [table.objects.count() for table in tables]
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ACTS[act](world.teacher, made.pk) if act in ACTS else services.name_place(**name)
    with acting(world.screener):
        assert [table.objects.count() for table in tables] == before
