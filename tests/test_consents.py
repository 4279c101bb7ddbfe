"""Consent: where an agreement asks for it, nothing shows without it, and its end counts at once."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest
from django.urls import reverse

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.cases.models import Case
from locality.cases.tests.given import a_case, a_person
from locality.cases.words import Subjects
from locality.kit.errors import NotHere, Refused
from locality.people import services as people
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.agreements import reads as agreements
from locality.sharing.agreements.rules import really_changed
from locality.sharing.agreements.showing import kind_says
from locality.sharing.agreements.words import Change
from locality.sharing.conflicts.services import keep_from
from locality.sharing.consents import reads, services
from locality.sharing.consents.services import Said
from locality.sharing.models import Agreement, AuditEntry, Consent, Coverage
from locality.sharing.words import (
    WITH_CONSENT,
    AgreementState,
    AnsweredBy,
    Category,
    ConsentAnswer,
    ConsentKind,
)
from tests.world import World, as_owner, today

PURPOSE = "safeguarding children"  # another than other tests act for: its agreement asks here


@pytest.fixture(autouse=True)
def asking(world: World, settings) -> Iterator[Agreement]:
    """The agreement for this purpose shares what social workers know only with consent."""
    settings.ROOT_URLCONF = "locality.web.urls"
    covers = Coverage.objects.using("owner").filter(
        agreement__purpose__key=PURPOSE, category=Category.SOCIAL_CARE
    )
    with as_owner():
        covers.update(needs_consent=True)
    yield covers.get().agreement
    with as_owner():
        covers.update(needs_consent=False)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.new_actor("council", "case_lead", purpose=PURPOSE)


@pytest.fixture
def nurse(world: World) -> Actor:
    return world.new_actor("health", "clinician", purpose=PURPOSE)


@pytest.fixture
def ash(worker: Actor) -> UUID:
    return a_person(worker)


def agreed(to: Actor, **otherwise: object) -> Said:
    """That social workers may tell somebody's agency what they know, for a month."""
    what = {
        "kind": ConsentKind.CONFIDENTIALITY, "answer": ConsentAnswer.AGREED,
        "answered_by": AnsweredBy.THEMSELVES, "words": "Told her who would see it. She said yes.",
        "receivers": (to.agency,), "categories": (int(Category.SOCIAL_CARE),),
        "until": today() + timedelta(days=30),
    }  # fmt: skip
    return Said(**(what | otherwise))


REFUSED = {"answer": ConsentAnswer.REFUSED, "receivers": (), "categories": (), "until": None}


def case_for(by: Actor, other: Actor, *about: UUID) -> Case:
    return a_case(by, subjects=Subjects(about), team_posts=(other.post,))


def sees(by: Actor, case: Case) -> bool:
    try:
        with acting(by):
            return bool(cases.case(case.pk))
    except NotHere:
        return False


def test_nobody_joins_who_would_see_nothing_and_the_refusal_says_what_is_missing(
    worker: Actor, nurse: Actor, ash: UUID
):
    both = ash, a_person(worker, given="Bryn")
    services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    with pytest.raises(Refused, match="1 of the 2") as refused:
        case_for(worker, nurse, *both)
    assert refused.value.code == "cases.no_consent"
    services.write_down(by=worker, person_id=both[1], said=agreed(nurse))
    assert sees(nurse, case_for(worker, nurse, *both))


def test_what_was_shared_shows_while_they_agree_and_not_after(
    worker: Actor, nurse: Actor, ash: UUID
):
    given = services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    case = case_for(worker, nurse, ash)
    assert sees(nurse, case)
    services.withdraw(by=worker, consent_id=given.pk, why="She rang and said no more.")
    assert not sees(nurse, case)
    assert sees(worker, case)
    services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    assert sees(nurse, case)
    services.write_down(by=worker, person_id=ash, said=agreed(nurse, **REFUSED))
    assert not sees(nurse, case)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": ConsentKind.SERVICE}, {"kind": ConsentKind.DATA_PROTECTION},
        {"categories": (int(Category.IDENTITY),)}, {"receivers": (3,)},
    ],
)  # fmt: skip
def test_an_answer_to_something_else_opens_nothing(
    worker: Actor, nurse: Actor, ash: UUID, other: dict
):
    given = services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    case = case_for(worker, nurse, ash)
    services.withdraw(by=worker, consent_id=given.pk, why="No.")
    services.write_down(by=worker, person_id=ash, said=agreed(nurse, **other))
    assert not sees(nurse, case)


def test_somebody_added_to_a_case_must_have_agreed_too(worker: Actor, nurse: Actor, ash: UUID):
    services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    case = a_case(worker, subjects=Subjects((ash,)))
    services.withdraw(by=worker, consent_id=answer_of(worker, ash).pk, why="No.")
    with pytest.raises(Refused, match="1 of the 1"):
        case_services.add_team_member(by=worker, case_id=case.pk, post_id=nurse.post)


def answer_of(by: Actor, person: UUID) -> Consent:
    with acting(by):
        return reads.of_person(person).get(ended_at=None)


def test_one_answer_counts_and_says_who_ended_the_one_before(
    worker: Actor, nurse: Actor, ash: UUID
):
    first = services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    last = services.write_down(by=worker, person_id=ash, said=agreed(nurse, **REFUSED))
    with acting(worker):
        rows = {one.pk: one for one in reads.of_person(ash)}
    assert rows[first.pk].ended_at and rows[first.pk].ended_by_id == worker.post
    assert rows[last.pk].ended_at is None
    with pytest.raises(Refused, match="already"):
        services.withdraw(by=worker, consent_id=first.pk, why="Again.")


def test_answers_show_to_colleagues_who_see_the_person_and_to_nobody_else(
    world: World, worker: Actor, nurse: Actor, ash: UUID
):
    given = services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    case_for(worker, nurse, ash)
    kept = world.new_actor("council", "case_lead", purpose=PURPOSE)
    keep_from(by=worker, subject=ash, post_id=kept.post, why="A cousin.")
    for somebody in (nurse, kept, world.stranger):
        with acting(somebody):
            assert not Consent.objects.exists()
        with pytest.raises(NotHere):
            services.withdraw(by=somebody, consent_id=given.pk, why="No.")
    with acting(world.new_actor("council", "case_lead", purpose=PURPOSE)):
        assert reads.one(given.pk) == given


def test_each_step_is_in_the_trail(worker: Actor, nurse: Actor, ash: UUID):
    given = services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    services.withdraw(by=worker, consent_id=given.pk, why="She rang.")
    with acting(worker):
        did = (
            AuditEntry.objects.filter(record=given.pk).order_by("at").values_list("did", flat=True)
        )
        assert list(did) == ["sharing.consent.given", "sharing.consent.withdrawn"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"categories": ()}, "sharing.consent_says_nothing"),
        ({"receivers": ()}, "sharing.consent_says_nothing"),
        ({"until": None}, "sharing.consent_says_nothing"),
        ({"until": today() - timedelta(days=1)}, "sharing.consent_is_over"),
    ],
)
def test_an_answer_says_what_with_whom_and_until_when(
    worker: Actor, nurse: Actor, ash: UUID, wrong: dict, code: str
):
    with pytest.raises(Refused) as refused:
        services.write_down(by=worker, person_id=ash, said=agreed(nurse, **wrong))
    assert refused.value.code == code


def test_two_who_turn_out_to_be_one_person_and_one_has_refused(
    worker: Actor, nurse: Actor, ash: UUID
):
    with acting(worker):
        other = people.add_record(by=worker, given_names="Ashe", family_name="Fielding")
    services.write_down(by=worker, person_id=ash, said=agreed(nurse))
    services.write_down(by=worker, person_id=other.person_id, said=agreed(nurse, **REFUSED))
    people.link_records(by=worker, record_id=other.pk, person_id=ash, why="Same school.")
    with acting(worker):
        assert not reads.of_person(ash).filter(ended_at=None).exists()


def test_two_who_write_at_once_leave_one_answer(
    world: World, worker: Actor, administrator: str, django_db_blocker
):
    person, together = uuid4(), Barrier(4)

    def write(answer: str) -> None:
        with psycopg.connect(administrator, autocommit=True) as server:
            together.wait()
            server.execute(ANSWER, {"id": uuid4(), "person": person, "answer": answer,
                                    "post": worker.post, "owner": worker.agency})  # fmt: skip

    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(write, ("agreed", "refused", "agreed", "refused")))
        with psycopg.connect(administrator) as server:
            live = server.execute(
                "SELECT count(*) FROM sharing_consent WHERE person = %s AND ended_at IS NULL",
                [person],
            ).fetchone()
        assert live == (1,)
    finally:
        with psycopg.connect(administrator) as server:
            server.execute("DELETE FROM sharing_consent WHERE person = %s", [person])


ANSWER = """
INSERT INTO sharing_consent (id, owner_id, category, marking, label_id, person, kind, answer,
    purpose_id, receivers, categories, answered_by, who, words, taken_by_id, taken_at, starts,
    until, ended_why)
VALUES (%(id)s, %(owner)s, 0, 1, %(owner)s * 64 + 1, %(person)s, 'confidentiality', %(answer)s, 1,
    '{4}', '{8}', 'themselves', '', 'x', %(post)s, now(), current_date,
    CASE %(answer)s WHEN 'agreed' THEN current_date END, '')
"""


def test_what_changes_for_whom_says_that_it_is_only_with_consent(asking: Agreement, world: World):
    with acting(world.governor):
        changes = agreements.would_change(asking.pk, AgreementState.SUSPENDED)
    kinds = {one.category for one in changes}
    assert Category.SOCIAL_CARE + WITH_CONSENT in kinds and Category.SOCIAL_CARE not in kinds
    assert kind_says(Category.SOCIAL_CARE + WITH_CONSENT) == "social care (only with consent)"


@pytest.mark.parametrize(
    ("without", "asked", "kept"),
    [
        ((-1, 2), (2, -1), [8]),  # no longer asked for: it does not end
        ((-1, 1), (2, -1), [8, 24]),  # but up to a lower point it does
        ((2, -1), (-1, 2), [8, 24]),  # asked for from now on
    ],
)
def test_what_needs_consent_no_longer_does_not_seem_to_end(without, asked, kept):
    plain = Change(1, 1, "officer", 2, 8, *without)
    changes = [plain, replace(plain, category=24, before=asked[0], after=asked[1])]
    assert [one.category for one in really_changed(changes)] == kept


def test_from_page_to_page(world: World, worker: Actor, nurse: Actor, ash: UUID):
    client = world.client_of(worker)
    page = client.get(reverse("people:consents", args=[ash])).content.decode()
    assert "No answer of theirs counts now." in page
    new = reverse("people:write-consent", args=[ash])
    form = {"kind": "confidentiality", "answer": "agreed", "answered_by": "themselves",
            "words": "She was told, and said yes."}  # fmt: skip
    refused = client.post(new, form)
    assert refused.status_code == 422
    for words in ("Choose what may be shared", "Choose with whom it may be shared"):
        assert words in refused.content.decode()
    last = today() + timedelta(days=10)
    form |= {"categories": ["8"], "receivers": [str(nurse.agency)], "until-day": last.day,
             "until-month": last.month, "until-year": last.year}  # fmt: skip
    assert client.post(new, form).url == reverse("people:consents", args=[ash])
    assert sees(nurse, case_for(worker, nurse, ash))
    given = answer_of(worker, ash)
    back = reverse("people:withdraw-consent", args=[given.pk])
    assert "Aldermoor health" in client.get(back).content.decode()
    assert client.post(back, {"why": "She rang."}).status_code == 302
    assert "She rang." in client.get(reverse("people:consents", args=[ash])).content.decode()
    assert world.client_of(nurse).get(back).status_code == 404


def test_only_kinds_that_ones_post_is_cleared_for_can_be_chosen(world: World, ash: UUID):
    desk = world.new_actor("council", "practitioner", purpose=PURPOSE)
    html = world.client_of(desk).get(reverse("people:write-consent", args=[ash])).content.decode()
    offered = {int(one) for one in re.findall(r'name="categories"[^>]* value="(\d+)"', html)}
    offered |= {int(one) for one in re.findall(r'value="(\d+)"[^>]* name="categories"', html)}
    with acting(desk):
        cleared = sharing.post(desk.post).role.clearances
    assert offered == {one for one in Category if cleared[one] >= 0}
    assert Category.PREVENT not in offered
