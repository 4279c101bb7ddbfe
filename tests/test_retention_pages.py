"""Leads say how long their agency keeps what, and what may go, on pages that tell nothing else."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse

from locality.cases.models import Case
from locality.sharing.models import Disposal, DisposalStep, OwnSchedule
from locality.sharing.retention.doors import ROOTS
from tests.ending import Ending, an_old_case, ending
from tests.world import World

OVER = "/partners/over/"
KEEP = {"keep_until-day": "1", "keep_until-month": "2", "keep_until-year": "2099"}


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def night(_world: World, django_db_blocker) -> Iterator[Ending]:
    with django_db_blocker.unblock(), ending(_world) as made:
        yield made
        connection.close()


@pytest.fixture
def asked(night: Ending) -> Case:
    """A case about which leads are asked."""
    night.schedule("cases.case")
    old = an_old_case(night.world)
    night.queued(old.pk)
    return old


def page(night: Ending, path: str = OVER, lead: int = 0) -> str:
    return night.world.client_of(night.leads[lead]).get(path).content.decode()


def send(night: Ending, case: Case, lead: int = 0, path: str = OVER, **said: str) -> object:
    row = night.queued(case.pk)
    which = [key(row)] if row else []
    return night.world.client_of(night.leads[lead]).post(path, {"which": which, **said})


def key(row: Disposal) -> str:
    """What the page's form calls it."""
    return f"{row.pk} {row.asked_at.isoformat()}"


def test_a_lead_agrees_and_it_waits_for_the_other_alone(night: Ending, asked: Case):
    assert asked.reference in page(night) and "2 leads of your agency have to agree" in page(night)
    assert send(night, asked, verdict="may go").status_code == 302
    assert asked.reference not in page(night)
    assert "Somebody New agreed. 1 lead of your agency has to agree." in page(
        night, OVER + "?show=all"
    )
    assert asked.reference in page(night, lead=1)
    assert not night.gone(asked.pk)
    assert send(night, asked, lead=1, verdict="may go").status_code == 302
    assert "Your agency has agreed" in page(night, OVER + "?show=all")
    assert night.gone(asked.pk)
    assert "Nothing waits for you" in page(night)
    assert "Our own paper 12" in page(night, OVER + "gone/")


def test_a_lead_keeps_it_until_a_day_and_says_why(night: Ending, asked: Case):
    assert send(night, asked, verdict="keep", why="A complaint.", **KEEP).status_code == 302
    for lead in (0, 1):
        assert asked.reference not in page(night, lead=lead)
        shown = page(night, OVER + "?show=all", lead)
        assert "Kept until 1 February 2099" in shown and "A complaint." in shown


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"verdict": "keep", "why": "x"}, "Until which day"),
        ({"verdict": "keep", **KEEP}, "What are they needed for"),
        ({"verdict": "keep", "why": "x", **KEEP, "keep_until-year": "2001"}, "on or after"),
        ({}, "What do you say of them"),
        ({"verdict": "may go", "which": ["00000000-0000-0000-0000-000000000000"]}, "not here any"),
        ({"verdict": "may go", "which": []}, "Choose at least one"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    night: Ending, asked: Case, sent: dict, says: str
):
    row = night.queued(asked.pk)
    client = night.world.client_of(night.leads[0])
    answer = client.post(OVER, {"which": [key(row)], **sent})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not DisposalStep.objects.using("owner").filter(disposal=row).exists()


def test_what_is_asked_about_anew_since_the_page_was_shown_is_not_agreed_to(
    night: Ending, asked: Case
):
    seen = night.queued(asked.pk)
    night.schedule("cases.case", years=7, source="Another paper")
    night.queued(asked.pk)
    client = night.world.client_of(night.leads[0])
    answer = client.post(OVER, {"which": [key(seen)], "verdict": "may go"})
    assert answer.status_code == 422 and "Look at the list again" in answer.content.decode()
    assert not DisposalStep.objects.using("owner").filter(disposal=seen).exists()


def test_a_lead_says_how_long_and_it_counts(night: Ending):
    client = night.world.client_of(night.leads[0])
    path = reverse("sharing:schedule", args=["cases.case"])
    assert "Nobody in your agency has said it yet" in client.get(path).content.decode()
    sent = {
        "years": "8", "until_age": "", "action": "slim", "source": "Paper 9",
        "review_by-day": "1", "review_by-month": "2", "review_by-year": "2099",
    }  # fmt: skip
    assert client.post(path, {**sent, "years": "0"}).status_code == 422
    assert not OwnSchedule.objects.using("owner").exists()
    assert client.post(path, sent).status_code == 302
    shown = client.get(reverse("sharing:schedules")).content.decode()
    assert "8 years after it was closed" in shown and "Paper 9" in shown
    assert night.queued(an_old_case(night.world).pk)


def test_every_kind_has_such_a_page_and_no_other_has(night: Ending):
    client = night.world.client_of(night.leads[0])
    for kind in ROOTS:
        assert client.get(reverse("sharing:schedule", args=[kind])).status_code == 200
    assert client.get(reverse("sharing:schedule", args=["cases.note"])).status_code == 404


@pytest.mark.parametrize("path", [OVER, OVER + "gone/", "/partners/kept-for/cases.case/"])
def test_the_pages_are_for_leads_alone(night: Ending, path: str):
    assert night.world.client("lead").get(path).status_code == 409


def test_whoever_works_there_reads_how_long_and_is_offered_no_change(night: Ending):
    night.schedule("cases.case")
    shown = night.world.client("lead").get(reverse("sharing:schedules")).content.decode()
    assert "Our own paper 12" in shown
    assert reverse("sharing:schedule", args=["cases.case"]) not in shown
    theirs = night.world.client("nurse").get(reverse("sharing:schedules")).content.decode()
    assert "Our own paper 12" not in theirs
