"""Screening, against the real policies: decided once, with a reason, and everybody told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.cases.models import Case, Note
from locality.cases.tests.given import a_case
from locality.cases.words import Closing
from locality.intake import reads as intake
from locality.intake.models import Concern, Reply
from locality.intake.tests.given import raised
from locality.intake.words import Matter, NewPerson, Stage
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people
from locality.people import services as people_services
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry, Disclosure
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking
from locality.triage import reads, rules, services
from locality.triage.models import Looking, Screening
from locality.triage.words import Asked, CaseToOpen, Decided, NewScreening
from tests.world import World, today


def decision(decided: Decided = Decided.SIGNPOST, **more: object) -> NewScreening:
    said = {"reason": "No more than this is needed now.", "route": "The school nurse", **more}
    return NewScreening(decided=decided, **said)


def opening(world: World, **more: object) -> CaseToOpen:
    asked = {
        "title": "Missing school", "why": "The school noticed, and we agree.",
        "lead_post": world.lead.post, "gateway": Gateway.CHILDREN_ACT_2004_S10,
        "necessity": "So that help can be planned.", "need_heading": "education",
        "need": "To be in school every day.",
    }  # fmt: skip
    return CaseToOpen(**{**asked, **more})


def test_the_queue_shows_to_its_front_door_alone_shortest_clock_first(world: World):
    later, sooner = raised(world.teacher), raised(world.nurse, urgency="today")
    with acting(world.screener):
        shown = [one.pk for one in reads.queue(world.front_door)]
        assert shown.index(sooner.pk) < shown.index(later.pk)
    for other in (world.lead, world.nurse, world.governor, world.stranger):
        with acting(other), pytest.raises(NotHere):
            reads.my_front_door()
    with acting(world.stranger):
        assert not reads.queue(world.front_door).exists()


def test_advice_takes_it_off_the_queue_and_reaches_the_reporter(world: World):
    made = raised(world.teacher)
    services.screen(
        by=world.screener, concern_id=made.pk, decision=decision(told_reporter="Thank you.")
    )
    with acting(world.screener):
        assert made not in reads.queue(world.front_door)
        assert made in reads.queue(world.front_door, Asked.DECIDED)
        assert reads.screening_of(made.pk).in_time
    with acting(world.teacher):
        receipt = intake.my_receipt(world.teacher.post, made.pk)
        assert (receipt.stage, receipt.latest.says) == (Stage.SIGNPOSTED, "Thank you.")


def test_a_decision_is_made_once(world: World):
    made = raised(world.teacher)
    services.screen(by=world.screener, concern_id=made.pk, decision=decision())
    with pytest.raises(Refused, match="Joan Pellow"):
        services.screen(by=world.screener, concern_id=made.pk, decision=decision())
    with acting(world.screener):
        assert Screening.objects.filter(concern=made.pk).count() == 1
        assert Reply.objects.filter(receipt=made.pk).count() == 1


@pytest.mark.parametrize(
    ("decided", "more"),
    [
        (Decided.SIGNPOST, {"reason": " "}),
        (Decided.SIGNPOST, {"route": ""}),
        (Decided.URGENT, {"route": " "}),
        (Decided.LINK, {}),
        (Decided.LINK, {"case_id": uuid4(), "summary": " "}),
        (Decided.LINK, {"case_id": uuid4(), "summary": "Noticed again."}),
        (Decided.OPEN, {}),
    ],
)
def test_a_decision_that_does_not_say_enough_is_refused(world: World, decided, more):
    made = raised(world.teacher)
    with pytest.raises(Refused):
        services.screen(by=world.screener, concern_id=made.pk, decision=decision(decided, **more))
    with acting(world.screener):
        assert reads.screening_of(made.pk) is None


def test_opening_a_case_lets_the_lead_know_who_it_is_about_and_not_who_raised_it(world: World):
    made = raised(world.teacher)
    decided = services.screen(
        by=world.screener, concern_id=made.pk,
        decision=decision(Decided.OPEN, opening=opening(world, team_posts=(world.officer.post,))),
    )  # fmt: skip
    for member in (world.lead, world.officer, world.screener):
        with acting(member):
            case = cases.case(decided.case_id)
            assert case.concerns == [made.pk]
            assert people.names(made.about)[made.about[0]] == "Ash Fielding"
            assert [one.says for one in cases.plan(case.pk)] == ["To be in school every day."]
    with acting(world.lead):
        assert not Concern.objects.filter(pk=made.pk).exists()
    with acting(world.nurse):
        assert not Case.objects.filter(pk=decided.case_id).exists()


def test_when_the_case_ends_the_reporter_hears_of_it(world: World):
    made = raised(world.teacher, matter=Matter.VIOLENCE_AT_HOME)
    decided = services.screen(
        by=world.screener, concern_id=made.pk,
        decision=decision(Decided.OPEN, opening=opening(world)),
    )  # fmt: skip
    case_services.close_case(
        by=world.lead, case_id=decided.case_id, closing=Closing.MOVED, says="Moved to an aunt.",
        tell="Thank you: it helped.",
    )  # fmt: skip
    with acting(world.teacher):
        receipt = intake.my_receipt(world.teacher.post, made.pk)
        assert [reply.stage for reply in receipt.replies.all()] == [Stage.HELPING, Stage.ENDED]
        assert receipt.latest.says == "Thank you: it helped."


def test_a_case_from_a_sealed_concern_is_sealed_and_leaves_nothing_to_find(world: World):
    made = raised(world.teacher, matter=Matter.FGM)
    decided = services.screen(
        by=world.screener, concern_id=made.pk,
        decision=decision(
            Decided.OPEN,
            opening=opening(world, lead_post=world.specialist.post, marking=Marking.OPEN),
        ),
    )  # fmt: skip
    with acting(world.specialist):
        assert cases.case(decided.case_id).marking == Marking.SEALED
        assert people.names(made.about)[made.about[0]] == "Ash Fielding"
    for other in (world.lead, world.teacher, world.director):
        with acting(other):
            assert not Case.objects.filter(pk=decided.case_id).exists()
            assert not Screening.objects.filter(concern=made.pk).exists()
    sought = {"given_names": "Ash", "family_name": "Fielding"}
    for other in (world.lead, world.screener, world.specialist, world.teacher):
        found = {one.person_id for one in people_services.search(by=other, **sought)}
        assert not found & set(made.about)


def test_whom_only_a_sealed_case_s_team_knows_is_told_of_to_nobody_outside_it(world: World):
    made = raised(world.teacher, matter=Matter.FGM)
    services.screen(
        by=world.screener, concern_id=made.pk,
        decision=decision(
            Decided.OPEN,
            opening=opening(world, lead_post=world.specialist.post, marking=Marking.OPEN),
        ),
    )  # fmt: skip
    with acting(world.specialist):
        assert people.my_record_of(made.about[0], world.specialist.agency)
    with pytest.raises(Refused, match="sealed case"):
        case_services.tell(
            by=world.specialist, person_id=made.about[0], post_id=world.nurse.post, text="x",
            category=Category.SOCIAL_CARE, marking=Marking.STANDARD, also=(),
            terms=Terms(Gateway.PUBLIC_TASK, "x", today()),
        )  # fmt: skip


def test_linking_gives_the_team_the_summary_and_not_the_concern(world: World):
    case = a_case(world.lead)
    made = raised(world.teacher)
    services.screen(
        by=world.screener, concern_id=made.pk,
        decision=decision(Decided.LINK, case_id=case.pk, summary="Missing school again."),
    )  # fmt: skip
    with acting(world.lead):
        assert [note.text for note in cases.notes(case.pk)] == ["Missing school again."]
        assert not Concern.objects.filter(pk=made.pk).exists()
    with acting(world.teacher):
        assert not Note.objects.filter(case=case.pk).exists()


def test_a_sealed_concern_is_not_linked_to_a_case_held_less_closely(world: World):
    case, made = a_case(world.lead), raised(world.teacher, matter=Matter.HONOUR)
    with pytest.raises(Refused, match="held more closely"):
        services.screen(
            by=world.screener, concern_id=made.pk,
            decision=decision(Decided.LINK, case_id=case.pk, summary="Noticed again."),
        )  # fmt: skip


def test_a_hidden_concern_cannot_be_decided_by_guessing_nor_by_a_colleague(world: World):
    made = raised(world.teacher)
    other_door = world.new_actor("council", "screener")
    for concern_id in (made.pk, uuid4()):
        with pytest.raises(NotHere):
            services.screen(by=other_door, concern_id=concern_id, decision=decision())
        with pytest.raises(NotHere):
            services.start_looking(by=other_door, concern_id=concern_id)
    own = raised(world.lead)
    with pytest.raises(Refused, match="not part of it"):
        services.screen(by=other_door, concern_id=own.pk, decision=decision())
    with pytest.raises(Refused, match="screen concerns"):
        services.screen(by=world.teacher, concern_id=made.pk, decision=decision())


def test_colleagues_see_who_else_is_looking(world: World):
    made = raised(world.teacher)
    for _ in range(2):
        services.start_looking(by=world.screener, concern_id=made.pk)
    with acting(world.screener):
        assert Looking.objects.filter(concern=made.pk).count() == 1
        assert reads.lookers([made.pk], but=world.screener.post) == {}
        assert reads.lookers([made.pk], but=uuid4())[made.pk].name == "Joan Pellow"
        long_ago = timezone.now() - rules.LOOKING_LASTS - timedelta(seconds=1)
        Looking.objects.filter(concern=made.pk).update(since=long_ago)
        assert reads.lookers([made.pk], but=uuid4()) == {}
    services.screen(by=world.screener, concern_id=made.pk, decision=decision())
    services.start_looking(by=world.screener, concern_id=made.pk)
    with acting(world.screener):
        assert not Looking.objects.filter(concern=made.pk).exists()


@pytest.mark.parametrize("decided", list(Decided))
def test_without_every_audit_entry_nothing_is_decided(world: World, monkeypatch, decided):
    case, made = a_case(world.lead), raised(world.teacher)
    more = {
        Decided.OPEN: {"opening": opening(world)},
        Decided.LINK: {"case_id": case.pk, "summary": "Noticed again."},
    }.get(decided, {})
    write = audit.record

    def failing(**entry: object) -> None:
        write(**entry) if entry["did"] != "triage.screening.decided" else 1 / 0

    tables = (Screening, Reply, Case, Note, Disclosure, AuditEntry, Looking)
    with acting(world.screener):
        before = [table.objects.count() for table in tables]
        monkeypatch.setattr(audit, "record", failing)
        with pytest.raises(ZeroDivisionError):
            services.screen(
                by=world.screener, concern_id=made.pk, decision=decision(decided, **more)
            )
        assert [table.objects.count() for table in tables] == before


def test_figures_and_what_waits_are_the_askers_own(world: World):
    made, waiting = raised(world.teacher), raised(world.teacher, urgency="today")
    with acting(world.screener):
        before = reads.counts(today(), today())
    services.screen(by=world.screener, concern_id=made.pk, decision=decision())
    with acting(world.screener):
        after = reads.counts(today(), today())
        assert after["concerns screened"] == before["concerns screened"] + 1
        assert after["screened in time"] == before["screened in time"] + 1
        ids = [one.url_args[0] for one in reads.to_do(world.screener)]
        assert waiting.pk in ids and made.pk not in ids
    with acting(world.stranger):
        assert set(reads.counts(today(), today()).values()) == {0}
        assert reads.to_do(world.stranger) == []


def test_earlier_cases_about_the_same_person_may_be_linked_to(world: World):
    known = people_services.add_record(by=world.lead, given_names="Bo", family_name="Oakes")
    from locality.cases.words import Subjects

    case = a_case(world.lead, subjects=Subjects(person_ids=(known.person_id,)))
    made = raised(world.lead, people=(NewPerson(record_id=known.pk),))
    with acting(world.screener):
        assert reads.cases_to_link(world.screener, intake.concern(made.pk)) == [case]


moments = st.datetimes(timezones=st.just(timezone.get_fixed_timezone(0)))


@given(moments, moments)
def test_a_decision_is_in_time_exactly_until_the_clock_runs_out(decided, due):
    assert rules.is_in_time(decided, due) == (not due < decided)


@given(moments)
def test_the_next_concern_is_another_one(_):
    assert rules.is_looking(_, _ + rules.LOOKING_LASTS)
    assert not rules.is_looking(_, _ + rules.LOOKING_LASTS + timedelta(microseconds=1))


def test_a_longer_queue_asks_the_database_no_more_questions(world: World):
    def questions() -> int:
        with acting(world.screener), CaptureQueriesContext(connection) as asked:
            reads.lines(list(reads.queue(world.front_door)), world.screener)
            return len(asked)

    raised(world.teacher)
    few = questions()
    for _ in range(4):
        raised(world.nurse)
    assert questions() == few
