"""Raising a concern, against the real policies: who sees it, once, whole, or not at all."""

from uuid import uuid4

import pytest
from django.utils import timezone

from locality.intake import reads, services
from locality.intake.models import About, Concern, Draft, Narrative, Receipt, Reply
from locality.intake.tests.given import ASH, answers, new_concern, raised
from locality.intake.words import KIND_OF, Matter, NewPerson, Stage, Told, Why
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people
from locality.people import services as people_services
from locality.people.models import Person, Record
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry, Disclosure
from locality.sharing.words import Marking
from tests.world import World, today

OPEN_TO_A_TEACHER = [m for m, kind in KIND_OF.items() if kind.marking < Marking.RESTRICTED]


def test_the_front_door_sees_it_whole_and_nobody_else_does(world: World):
    made = raised(world.teacher)
    with acting(world.screener):
        seen = reads.concern(made.pk)
        assert seen.narrative.strengths == "Loves football."
        assert people.names(seen.about) == {seen.about[0]: "Ash Fielding"}
        assert [one.person_id for one in seen.people.all()] == seen.about
        assert made in reads.concerns_disclosed_to(world.front_door)
    for other in (world.nurse, world.officer, world.lead, world.stranger, world.governor):
        with acting(other), pytest.raises(NotHere):
            reads.concern(made.pk)


@pytest.mark.parametrize("matter", [m for m in Matter if m != Matter.EXTREMISM])
def test_a_teacher_may_raise_what_she_may_not_read_and_keeps_her_receipt(world: World, matter):
    made = raised(world.teacher, matter=matter)
    with acting(world.screener):
        seen = reads.concern(made.pk)
        assert seen.narrative.text and people.names(seen.about)[seen.about[0]] == "Ash Fielding"
    with acting(world.teacher):
        assert reads.my_receipt(world.teacher.post, made.pk).reference == made.reference
        is_shown = Concern.objects.filter(pk=made.pk).exists()
        assert Narrative.objects.filter(concern=made.pk).exists() == is_shown
        assert About.objects.filter(concern=made.pk).exists() == is_shown
    if KIND_OF[matter].marking == Marking.SEALED:
        assert not is_shown


def test_what_nobody_at_the_front_door_may_see_is_refused_and_says_whom_to_ring(world: World):
    draft = services.save_draft(by=world.teacher, answers=answers())
    with pytest.raises(Refused, match="Ring Aldermoor council on 01632 960000"):
        raised(world.teacher, draft_id=draft.pk, matter=Matter.EXTREMISM)
    with acting(world.teacher):
        assert reads.draft(draft.pk)
        assert not Receipt.objects.filter(pk=draft.pk).exists()


def test_a_sealed_concern_leaves_no_trace_of_the_person_in_a_search(world: World):
    before = people_services.add_record(by=world.teacher, given_names="Ash", family_name="Fielding")
    sought = {"given_names": "Ash", "family_name": "Fielding"}
    made = raised(world.teacher, matter=Matter.FGM, people=(NewPerson(record_id=before.pk),))
    assert [r.pk for r in people_services.search(by=world.teacher, **sought)] == [before.pk]
    assert people_services.search(by=world.screener, **sought) == []
    newly = raised(world.teacher, matter=Matter.HONOUR, people=(NewPerson(given_names="Cy"),))
    assert people_services.search(by=world.teacher, given_names="Cy", family_name="") == []
    with acting(world.screener):
        for one in (made, newly):
            assert people.names(one.about)[one.about[0]] in ("Ash Fielding", "Cy")


def test_the_same_draft_raised_twice_is_the_same_concern(world: World):
    for matter in (Matter.LEARNING, Matter.FGM):
        draft = services.save_draft(by=world.teacher, answers=answers())
        first = raised(world.teacher, draft_id=draft.pk, matter=matter)
        again = raised(world.teacher, draft_id=draft.pk, matter=matter)
        assert (first.pk, first.reference) == (again.pk, again.reference)
        with acting(world.teacher):
            assert Receipt.objects.filter(reference=first.reference).count() == 1
            assert not Draft.objects.filter(pk=draft.pk).exists()


def test_somebody_elses_draft_is_not_there_to_raise(world: World):
    draft = services.save_draft(by=world.teacher, answers=answers())
    for draft_id in (draft.pk, uuid4()):
        with pytest.raises(NotHere):
            raised(world.officer, draft_id=draft_id)


def test_people_are_the_reporters_own_records(world: World):
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    shown = raised(world.teacher, people=(NewPerson(record_id=known.pk),))
    with acting(world.screener):
        seen_at_the_door = people.record(known.pk)
    made = raised(world.screener, people=(NewPerson(record_id=seen_at_the_door.pk, part="child"),))
    with acting(world.screener):
        (about,) = reads.concern(made.pk).people.all()
        assert about.person_id == known.person_id == shown.about[0]
        assert about.record_id != known.pk
        assert people.record(about.record_id).owner_id == world.screener.agency


def test_somebody_hidden_cannot_be_named_by_guessing(world: World):
    known = people_services.add_record(by=world.nurse, given_names="Bo", family_name="Oakes")
    for record_id in (known.pk, uuid4()):
        with pytest.raises(NotHere):
            raised(world.teacher, people=(NewPerson(record_id=record_id),))


def test_naming_the_same_person_twice_is_naming_them_once(world: World):
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    made = raised(world.teacher, people=(NewPerson(record_id=known.pk),) * 2)
    with acting(world.screener):
        assert len(made.about) == reads.concern(made.pk).people.count() == 1


def test_a_place_in_words_and_a_person_without_a_name_are_enough(world: World):
    raised(world.teacher, people=(), place_says="Behind the shops on Alder Row")
    made = raised(world.teacher, people=(NewPerson(known_as="a boy of about nine"),))
    with acting(world.screener):
        record = people.records_of(made.about[0])[0]
        assert record.known_as == "a boy of about nine"


def test_what_is_shared_without_agreement_says_why_and_warns_the_front_door(world: World):
    made = raised(world.teacher, told=Told.NOT_TOLD, without_agreement=Why.CHILD_AT_RISK)
    with acting(world.screener):
        given = Disclosure.objects.get(items__item=made.pk)
        assert "have not been told" in given.handling
        assert AuditEntry.objects.filter(record=made.pk).count() == 0  # the school's, not hers
    with acting(world.teacher):
        assert AuditEntry.objects.get(record=made.pk, did="intake.concern.raised").why


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": " "}, "what you noticed"),
        ({"people": ()}, "whom or which place"),
        ({"people": (ASH,) * 13}, "at most 12"),
        ({"noticed_on": today().replace(year=today().year + 1)}, "today or earlier"),
        ({"told": Told.DISAGREED}, "without their agreement"),
    ],
)
def test_a_concern_that_is_not_whole_is_refused_in_words_that_help(world: World, changes, says):
    with pytest.raises(Refused, match=says):
        services.raise_concern(by=world.teacher, concern=new_concern(**changes))


def test_only_a_post_that_raises_concerns_may(world: World):
    with pytest.raises(Refused, match="raise concerns"):
        raised(world.analyst)


def test_where_nobody_screens_for_a_purpose_it_says_so(world: World):
    with pytest.raises(Refused, match="Nobody screens concerns"):
        raised(world.new_actor("school", "practitioner", purpose="crime prevention"))


@pytest.mark.parametrize("refuse_at", [1, 2, 3])
def test_without_every_audit_entry_nothing_is_kept(world: World, monkeypatch, refuse_at):
    draft = services.save_draft(by=world.teacher, answers=answers())
    write, calls = audit.record, []

    def failing(**entry: object) -> None:
        calls.append(entry)
        write(**entry) if len(calls) < refuse_at else 1 / 0

    tables = (Person, Record, Concern, Narrative, About, Receipt, Disclosure, AuditEntry, Draft)
    with acting(world.teacher):
        before = [table.objects.count() for table in tables]
        monkeypatch.setattr(audit, "record", failing)
        with pytest.raises(ZeroDivisionError):
            raised(world.teacher, draft_id=draft.pk)
        assert [table.objects.count() for table in tables] == before


def test_the_front_door_tells_the_reporter_and_then_the_circle_that_helps(world: World):
    made = raised(world.teacher, matter=Matter.FGM)
    tell = {"concern_id": made.pk, "stage": Stage.HELPING}
    for other in (world.lead, world.nurse, world.stranger, world.teacher):
        with pytest.raises(NotHere):
            services.tell_reporter(by=other, **tell)
    circle = a_circle(world)
    with pytest.raises(NotHere):
        services.tell_reporter(by=world.lead, **tell)
    services.tell_reporter(by=world.screener, **tell, says="Thank you.", helper=circle)
    for other in (world.nurse, world.specialist, world.teacher):
        with pytest.raises(NotHere):
            services.tell_reporter(by=other, **tell)
    services.tell_reporter(by=world.lead, concern_id=made.pk, stage=Stage.ENDED, says="Done.")
    with acting(world.teacher):
        receipt = reads.my_receipt(world.teacher.post, made.pk)
        assert [reply.says for reply in receipt.replies.all()] == ["Thank you.", "Done."]
        assert receipt.stage == Stage.ENDED
    with acting(world.lead):
        assert not Concern.objects.filter(pk=made.pk).exists()
        assert not Receipt.objects.filter(pk=made.pk).exists()


def a_circle(world: World):
    from locality.sharing.services import make_circle
    from locality.sharing.words import Category, CircleKind

    return make_circle(
        by=world.lead, kind=CircleKind.CASE, category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD,
    ).pk  # fmt: skip


def test_a_receipt_is_its_reporters_alone(world: World):
    reporter = world.new_actor("probation", "practitioner")
    made = raised(reporter, matter=Matter.FGM)
    with acting(world.screener), pytest.raises(NotHere):
        reads.my_receipt(world.screener.post, made.pk)
    colleague = world.new_actor("probation", "specialist")
    with acting(colleague):
        for concern_id in (made.pk, uuid4()):
            with pytest.raises(NotHere):
                reads.my_receipt(colleague.post, concern_id)
        assert not Receipt.objects.filter(pk=made.pk).exists()


def test_earlier_concerns_are_found_through_people_linked_since(world: World):
    one = people_services.add_record(by=world.teacher, given_names="Ash", family_name="Fielding")
    two = people_services.add_record(by=world.teacher, given_names="Asch", family_name="Fielding")
    first = raised(world.teacher, people=(NewPerson(record_id=one.pk),))
    later = raised(world.teacher, people=(NewPerson(record_id=two.pk),))
    with acting(world.teacher):
        assert list(reads.earlier_concerns(later.about, None, later.pk)) == []
        both = [reads.concern(first.pk), reads.concern(later.pk)]
        assert reads.repeats(both) == {first.pk: 0, later.pk: 0}
    people_services.link_records(
        by=world.teacher, record_id=two.pk, person_id=one.person_id, why="Misspelled."
    )
    with acting(world.teacher):
        assert list(reads.earlier_concerns(later.about, None, later.pk)) == [first]
    again = raised(world.teacher, people=(NewPerson(record_id=one.pk),))
    with acting(world.teacher):
        both = [reads.concern(first.pk), reads.concern(again.pk)]
        assert reads.repeats(both) == {first.pk: 2, again.pk: 2}


def test_figures_count_what_the_asker_may_see(world: World):
    with acting(world.screener):
        before = reads.counts(today(), today())["concerns raised"]
    raised(world.teacher)
    raised(world.teacher, people=(), place_says="Alder Row")
    with acting(world.screener):
        figures = reads.counts(today(), today())
        assert figures["concerns raised"] == before + 2
        assert figures["concerns about a place"] >= 1
    with acting(world.stranger):
        assert reads.counts(today(), today())["concerns raised"] == 0


def test_drafts_and_news_wait_for_whoever_raised_it(world: World):
    draft = services.save_draft(by=world.teacher, answers=answers())
    made = raised(world.teacher)
    services.tell_reporter(by=world.screener, concern_id=made.pk, stage=Stage.LOOKED_AT)
    with acting(world.teacher):
        waiting = {(one.kind, one.url_args) for one in reads.to_do(world.teacher)}
        assert {("draft", (draft.pk,)), ("news", (made.pk,))} <= waiting
    with acting(world.officer):
        assert reads.to_do(world.officer) == []


def test_a_clock_starts_when_it_is_raised(world: World):
    before = timezone.now()
    made = raised(world.teacher)
    assert before <= made.raised_at <= timezone.now() < made.screen_by
    with acting(world.screener):
        assert Reply.objects.filter(receipt=made.pk).count() == 0
