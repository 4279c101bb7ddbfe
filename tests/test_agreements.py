"""The life of an agreement: nobody opens anything alone, and what is foretold is what happens."""

import threading
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from locality.kit.errors import Refused
from locality.sharing import sessions
from locality.sharing.acting import Actor, acting
from locality.sharing.agreements import reads, services
from locality.sharing.models import (
    Agreement,
    AgreementStep,
    AuditEntry,
    Circle,
    Coverage,
    Party,
    Post,
)
from locality.sharing.partners.rules import CATEGORIES, MARKINGS
from locality.sharing.services import Terms, add_member, disclose, make_circle
from locality.sharing.words import (
    AgreementState,
    Category,
    CircleKind,
    Gateway,
    Marking,
    Step,
)
from tests.agreeing import (
    CRIME,
    PURPOSE,
    all_rights,
    in_force,
    lead,
    leads,
    state,
    take,
    terms,
)
from tests.world import World, as_owner, close_connections, today

WHY = Terms(gateway=Gateway.PUBLIC_TASK, necessity="So that we help together.")


@pytest.fixture
def real(_world: World, django_db_blocker):
    """The world with every change committed; nothing that a test agreed stays in force."""
    with django_db_blocker.unblock():
        yield _world
        with as_owner():
            made = Agreement.objects.using("owner").exclude(pk=_world.agreement)
            made.filter(purpose=CRIME).update(state=AgreementState.ENDED)
        close_connections()


def refused(by: Actor, code: str, step: Step, agreement: UUID) -> None:
    with pytest.raises(Refused) as told:
        take(by, agreement, step)
    assert told.value.code == code


def may_see_incidents_of_the_council(by: Actor, world: World) -> bool:
    """What the policies ask, in a transaction of its own."""
    label = world.agencies["council"] * 64 + Category.INCIDENT * 4 + 1
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT get_bit(locality.team(), %s)", [label])
        return bool(cursor.fetchone()[0])


def test_what_takes_force_and_what_ends_counts_from_the_next_transaction(real: World):
    officer = real.new_actor("police", "officer", purpose=PURPOSE)
    council, police = leads(real)
    made = services.write(by=council, terms=terms(real)).pk
    seen = [may_see_incidents_of_the_council(officer, real)]
    for by, step in (
        (council, Step.ASKED), (police, Step.AGREED), (police, Step.SUSPENDED),
        (police, Step.ASKED), (council, Step.AGREED), (council, Step.ENDED),
    ):  # fmt: skip
        take(by, made, step)
        seen.append(may_see_incidents_of_the_council(officer, real))
    assert seen == [False, False, True, False, False, True, False]
    assert state(council, made) == AgreementState.ENDED


def test_nobody_and_no_agency_opens_anything_alone(world: World):
    council, _ = leads(world)
    colleague = lead(world, "council", "Bryn Colley")
    made = services.write(by=council, terms=terms(world)).pk
    take(council, made, Step.ASKED)
    refused(council, "sharing.agreement_step", Step.AGREED, made)
    refused(colleague, "sharing.agreement_step", Step.AGREED, made)
    assert state(council, made) == AgreementState.DRAFT


def another_post_of(world: World, by: Actor, agency: str) -> Actor:
    """The same person, in a post at another agency."""
    other = lead(world, agency)
    with as_owner():
        Post.objects.using("owner").filter(pk=other.post).update(user=by.person)
    key = sessions.start(user=by.person, post=other.post)
    return replace(other, person=by.person, key=key)


def yes(made: UUID, by: Actor, ask: AgreementStep, using: str) -> None:
    AgreementStep.objects.using(using).create(
        agreement_id=made, step=Step.AGREED, version=1, answers_id=ask.pk, by_id=by.post,
        agency_id=by.agency,
    )  # fmt: skip


def test_the_database_refuses_one_person_in_two_posts(world: World):
    council, _ = leads(world)
    twice = another_post_of(world, council, "police")
    made = services.write(by=council, terms=terms(world)).pk
    take(council, made, Step.ASKED)
    refused(twice, "sharing.agreement_step", Step.AGREED, made)
    with acting(twice):
        ask = reads.open_ask(reads.agreement(made))
        with pytest.raises(ProgrammingError) as told, transaction.atomic():
            yes(made, twice, ask, "default")
    assert isinstance(told.value.__cause__, InsufficientPrivilege)


def test_the_database_refuses_one_person_also_when_its_owner_writes_the_row(real: World):
    council, _ = leads(real)
    twice = another_post_of(real, council, "police")
    made = services.write(by=council, terms=terms(real, name="Owner’s")).pk
    take(council, made, Step.ASKED)
    with acting(council):
        ask = reads.open_ask(reads.agreement(made))
    with pytest.raises(ProgrammingError), as_owner():
        yes(made, twice, ask, "owner")
    assert state(council, made) == AgreementState.DRAFT


@pytest.mark.parametrize("statement", [
    "UPDATE sharing_agreement SET state = 'in force' WHERE id = %s",
    "UPDATE sharing_agreement SET by_leads = true WHERE id = %s",
    "UPDATE sharing_agreementstep SET step = 'agreed' WHERE agreement_id = %s",
    "DELETE FROM sharing_agreementstep WHERE agreement_id = %s",
    "DELETE FROM sharing_party WHERE agreement_id = %s",
    "DELETE FROM sharing_agreement WHERE id = %s",
])  # fmt: skip
def test_no_state_and_no_step_is_written_past_the_steps(world: World, statement: str):
    council, _ = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    with acting(council), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement, [made])


def test_terms_stay_as_they_were_asked_for_and_as_they_took_force(world: World):
    council, police = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    services.change(by=police, agreement_id=made, terms=terms(world, name="Better"), seen=1)
    for step, by in ((Step.ASKED, council), (Step.AGREED, police)):
        take(by, made, step)
        with pytest.raises(Refused):
            services.change(by=council, agreement_id=made, terms=terms(world), seen=2)
        with acting(council):
            assert Party.objects.filter(agreement=made).update(gives=False) == 0
            assert Coverage.objects.filter(agreement=made).update(up_to=3) == 0
            assert Agreement.objects.filter(pk=made).update(name="Worse", version=3) == 0
    assert reads_name(council, made) == "Better"


def reads_name(by: Actor, made: UUID) -> str:
    with acting(by):
        return reads.agreement(made).name


def test_a_step_is_about_the_terms_that_were_read(world: World):
    council, police = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    services.change(by=police, agreement_id=made, terms=terms(world, name="Better"), seen=1)
    for change in (
        lambda: services.take(by=council, agreement_id=made, step=Step.ASKED, why="x", seen=1),
        lambda: services.change(by=council, agreement_id=made, terms=terms(world), seen=1),
    ):
        with pytest.raises(Refused, match="changed"):
            change()


def test_who_waits_for_anothers_step_sees_it(real: World):
    """While one lead asks, another changes the draft: what was asked for stays as it was."""
    council, police = leads(real)
    made = services.write(by=council, terms=terms(real, name="At once")).pk
    asked, ended = threading.Event(), []

    def change() -> None:
        asked.wait(10)
        try:
            services.change(by=police, agreement_id=made, terms=terms(real, name="X"), seen=1)
        except Refused as told:
            ended.append(told.code)
        close_connections()

    waits = threading.Thread(target=change)
    waits.start()
    with acting(council):
        services.take(by=council, agreement_id=made, step=Step.ASKED, why="Now.", seen=1)
        asked.set()
        waits.join(1.5)
        assert waits.is_alive()
    waits.join(10)
    assert ended == ["sharing.agreement_changed"]
    assert reads_name(council, made) == "At once"


def test_only_a_lead_of_a_party_has_a_say(world: World):
    council, _ = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    stranger = lead(world, "stranger")
    for step in (Step.ASKED, Step.ENDED):
        refused(stranger, "sharing.agreement_step", step, made)
    with pytest.raises(Refused, match="part of it"):
        services.change(by=stranger, agreement_id=made, terms=terms(world), seen=1)
    refused(replace(world.lead, purpose=PURPOSE), "sharing.not_your_duty", Step.ENDED, made)
    with pytest.raises(Refused, match="Your own agency"):
        services.write(by=stranger, terms=terms(world))


def test_another_lead_declines_and_the_asker_takes_back(world: World):
    council, police = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    for by, step, never in (
        (police, Step.DECLINED, Step.TAKEN_BACK), (council, Step.TAKEN_BACK, Step.DECLINED),
    ):  # fmt: skip
        take(council, made, Step.ASKED)
        refused(by, "sharing.agreement_step", never, made)
        take(by, made, step)
        refused(police, "sharing.agreement_step", Step.AGREED, made)


def anything(world: World, seed: int) -> dict[str, object]:
    """Terms drawn by chance: some share nothing new."""
    random = Random(seed)
    who = random.sample(sorted(world.agencies[one] for one in ("health", "school", "housing")), 3)
    return {
        "gives_only": tuple(who[:1]), "gets_only": tuple(who[1 : random.randint(1, 3)]),
        "covers": {word: random.choice(MARKINGS) for word in random.sample(CATEGORIES, 5)},
        "purpose": random.choice([PURPOSE, "early help"]),
        "name": f"By chance {seed}",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_what_is_foretold_is_what_happens(world: World, seed: int):
    council, police = leads(world)
    what = terms(world, **anything(world, seed))
    purpose = CRIME if what.purpose == PURPOSE else 1
    made = services.write(by=council, terms=what).pk
    everywhere = list(world.agencies.values())
    for steps, becomes in (
        (((council, Step.ASKED), (police, Step.AGREED)), AgreementState.IN_FORCE),
        (((police, Step.SUSPENDED),), AgreementState.SUSPENDED),
    ):
        before = all_rights(council, everywhere, purpose)
        with acting(council):
            told = reads.would_change(made, becomes)
        assert all_rights(council, everywhere, purpose) == before
        for by, step in steps:
            take(by, made, step)
        after = all_rights(council, everywhere, purpose)
        held = held_roles(council, purpose)
        really = {
            (*key, before.get(key, -1), after.get(key, -1))
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key) and key[:2] in held
        }
        assert {(t.agency, t.role, t.giver, t.category, t.before, t.after) for t in told} == really
    assert really or purpose == 1


def held_roles(by: Actor, purpose: int) -> set[tuple[int, str]]:
    with acting(by):
        return {(one.agency_id, one.role_id) for one in Post.objects.all()
                if purpose in one.purposes}  # fmt: skip


def test_the_reasons_say_every_right_and_no_other(world: World):
    council, police = leads(world)
    in_force(council, police, terms(world))
    in_force(council, police, terms(world, name="Wider", covers={"housing": "sealed"}))
    agency = world.agencies["police"]
    with acting(council):
        given = reads.reasons(agency, CRIME, "chair")
        told = {(g, c): up for g, c, _, up in reads.rights(agency, CRIME, "chair") if g != agency}
    assert len(given) == 2
    because: dict[tuple[int, int], int] = {}
    for _, rights in given:
        for giver, category, up_to in rights:
            because[giver, category] = max(up_to, because.get((giver, category), -1))
    assert because == told != {}


@pytest.mark.parametrize("days", [0, 5])
def test_what_replaces_an_agreement_ends_it_when_it_starts(world: World, days: int):
    council, police = leads(world)
    old = in_force(council, police, terms(world))
    starts = today() + (terms(world).until - today()) * days // 300
    new = in_force(council, police, terms(world, name=f"Newer {days}", starts=starts), replaces=old)
    with acting(council):
        was, now = reads.agreement(old), reads.agreement(new)
        assert Step.REPLACED in {one.step for one in was.steps.all()}
    assert now.state == AgreementState.IN_FORCE
    assert (was.state == AgreementState.ENDED) == (days == 0)
    assert days == 0 or (was.until - today()).days == days - 1


def test_two_agencies_do_not_replace_what_a_third_and_fourth_agreed(world: World):
    council, police = leads(world)
    theirs = terms(
        world, name="Theirs", parties=(world.agencies["health"], world.agencies["school"])
    )
    health, school = lead(world, "health"), lead(world, "school")
    old = in_force(health, school, theirs)
    new = services.write(by=council, terms=terms(world), replaces=old).pk
    refused(council, "sharing.agreement_step", Step.ASKED, new)
    with acting(council), pytest.raises(ProgrammingError), transaction.atomic():
        AgreementStep.objects.create(
            id=uuid4(), agreement_id=new, step=Step.ASKED, version=1, by_id=council.post,
            agency_id=council.agency,
        )  # fmt: skip
    assert state(health, old) == AgreementState.IN_FORCE and police


def test_two_of_one_name_are_not_in_force_together(world: World):
    council, police = leads(world)
    in_force(council, police, terms(world))
    made = services.write(by=council, terms=terms(world)).pk
    refused(council, "sharing.agreement_named_twice", Step.ASKED, made)


@pytest.mark.parametrize(("more", "code"), [
    ({"covers": {}}, "sharing.agreement_shares_nothing"),
    ({"parties": (1,)}, "sharing.agreement_shares_nothing"),
    ({"starts": today().replace(year=2020), "until": today().replace(year=2021)},
     "sharing.agreement_is_over"),
])  # fmt: skip
def test_what_shares_nothing_is_not_asked_for(world: World, more: dict, code: str):
    council, _ = leads(world)
    made = services.write(by=council, terms=terms(world, **more)).pk
    refused(council, code, Step.ASKED, made)


def test_every_step_is_in_the_trail_and_on_the_page(world: World):
    council, police = leads(world)
    made = in_force(council, police, terms(world))
    take(police, made, Step.SUSPENDED, "A fault was found.")
    with acting(police):
        mine = set(
            AuditEntry.objects.filter(record=made, post=police.post).values_list("did", "why")
        )
        steps = [one.step for one in reads.agreement(made).steps.all()]
    assert ("sharing.agreement.suspended", "A fault was found.") in mine
    assert steps == [Step.DRAFTED, Step.ASKED, Step.AGREED, Step.SUSPENDED]


def test_of_a_few_disclosures_no_number_is_told_and_of_sealed_ones_nothing(world: World):
    council, police = leads(world)
    made = in_force(council, police, terms(world))
    officer = world.new_actor("police", "officer", purpose=PURPOSE)
    housing = replace(world.lead, purpose=PURPOSE)
    counts = []
    for marking in (Marking.SEALED, *[Marking.STANDARD] * 5):
        circle = make_circle(
            by=housing, kind=CircleKind.CASE, category=Category.HOUSING, marking=Marking.STANDARD
        )
        add_member(by=housing, circle_id=circle.pk, post_id=officer.post)
        disclose(by=housing, circle_id=circle.pk, items=[item(housing, marking)], terms=WHY)
        with acting(police):
            counts.append(reads.would_touch(made, AgreementState.SUSPENDED))
    assert counts == [0, 1, 1, 1, 1, 5]
    with acting(lead(world, "stranger")):
        assert reads.would_touch(made, AgreementState.SUSPENDED) == 0


def item(by: Actor, marking: Marking) -> Circle:
    """Something to disclose: any labelled row will do."""
    return make_circle(by=by, kind=CircleKind.CASE, category=Category.HOUSING, marking=marking)


def test_the_pages_take_an_agreement_from_a_draft_to_its_end(world: World):
    council, police = leads(world)
    ivor, nia = world.client_of(council), world.client_of(police)
    answers = {
        "name": "By hand", "purpose": PURPOSE, "gateway": "public task",
        "conditions": "Kept a year.", "document": "IG/7",
        **days("starts", 0), **days("until", 200), **days("review_by", 100),
        **{f"party_{n}": "none" for n in world.agencies.values()},
        f"party_{council.agency}": "both", f"party_{police.agency}": "gets",
        **{f"covers_{word}": "none" for word in CATEGORIES}, "covers_incident": "standard",
    }  # fmt: skip
    page = ivor.post("/partners/agreements/new/", answers)
    assert page.status_code == 302, page.context["form"].errors
    at = page["Location"]
    for browser, way, sent in (
        (ivor, "signatories", {"seen": 1, f"party_{police.agency}": "Chief Ann Larch"}),
        (ivor, "change", answers | {"seen": 2, "name": "By two hands"}),
        (ivor, "ask", {"seen": 3, "why": "It is time."}), (nia, "agree", {"seen": 3, "why": ""}),
        (nia, "suspend", {"seen": 3, "why": "A fault."}), (ivor, "ask", {"seen": 3, "why": "x"}),
        (nia, "decline", {"seen": 3, "why": "Not yet."}), (ivor, "end", {"seen": 3, "why": "x"}),
    ):  # fmt: skip
        assert browser.get(at + way + "/").status_code == 200, way
        assert browser.post(at + way + "/", sent).status_code == 302, way
    told = nia.get(at).content.decode()
    for says in ("By two hands", "Chief Ann Larch", "IG/7", "Kept a year.", "Not yet."):
        assert says in told
    assert "Suspend it" not in told


def days(name: str, after: int) -> dict[str, int]:
    day = today() + timedelta(days=after)
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_lead_hears_at_home_what_waits_for_their_yes(world: World):
    council, police = leads(world)
    made = services.write(by=council, terms=terms(world)).pk
    take(council, made, Step.ASKED)
    with acting(police):
        (waiting,) = reads.to_do(police)
    assert waiting.url_args == (made,)
    for by in (council, lead(world, "stranger"), replace(world.lead, purpose=PURPOSE)):
        with acting(by):
            assert reads.to_do(by) == []


def test_a_lead_sees_what_a_role_may_see_and_because_of_what(world: World):
    page = world.client("governor").get(
        "/partners/agreements/who/", {"agency": 3, "purpose": 1, "role": "officer"}
    )
    told = " ".join(page.content.decode().split())
    assert "Because of" in told and "Aldermoor early help agreement" in told
    assert "Who they are, incidents, domestic abuse safety, offending and community" in told
    assert world.client("lead").get("/partners/agreements/who/").status_code == 409


def test_everybody_reads_an_agreement_and_only_leads_are_offered_anything(world: World):
    at = f"/partners/agreements/{world.agreement}/"
    for who, offered in (("governor", True), ("lead", False), ("stranger", False)):
        page = world.client(who).get(at)
        assert page.status_code == 200 and (b"Suspend it" in page.content) == offered
    assert world.client("lead").get(at + "suspend/").status_code == 409
    assert world.client("governor").get(at + "nothing/").status_code == 404


def test_what_one_lead_has_suspended_shows_to_the_others_until_somebody_asks_for_it_back(
    world: World,
):
    council, police = leads(world)
    made = in_force(council, police, terms(world))
    take(police, made, Step.SUSPENDED, "We were told of a mistake.")

    def told(by) -> list[str]:
        with acting(by):
            return [one.says for one in reads.to_do(by) if one.url_args == (made,)]

    (says,) = told(council)
    assert "suspended the agreement “Town centre agreement”" in says
    assert told(police) == [] == told(lead(world, "school"))
    take(council, made, Step.ASKED)
    assert told(council) == [] and "asks for your yes" in told(police)[0]
