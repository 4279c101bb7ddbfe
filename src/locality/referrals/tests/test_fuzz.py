"""Whatever is typed into a form: kept as text, or refused with what to type instead."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse

from locality.referrals.models import Referral, Session, Step
from locality.referrals.tests.given import (
    a_case,
    a_contact,
    a_goal,
    a_person,
    an_offer,
    under_way,
)
from locality.sharing.acting import acting
from tests.world import World, today

# Never kept, whatever the question.
BAD = ["\x00", "a\x07b", "x" * 20_000]
# Text, where text is asked for; otherwise not one of the answers.
ODD = ["", " ", "<script>alert(1)</script>", "'; DROP TABLE sharing_user; --", "😀 שלום", "9" * 400]

WORDS = {
    "offer": {
        "provider": "mentors", "goal": "", "why": "To talk.", "agreed": "yes",
        "known": ["safe_contact", "safe_place"], "agreed_says": "He did.", "necessity": "To meet.",
        "gateway": "children act 2004 s10", "stops": [], "contacts": [],
    },
    "accept": {"worker": "mentor"},
    "decline": {"declined": "no capacity now", "says": "In May."},
    "withdraw": {"why": "They moved."},
    "hand-over": {"worker": "mentor", "why": "On leave."},
    "step": {"state": "done", "says": "Met.", "then": "meet"},
    "session": {"held_on": "today", "attendance": "came", "says": "Football."},
    "end": {
        "how": "completed", "grade": "reached", "their_view": "Good.",
        **{f"part_{number}": "Told." for number in range(5)},
    },
}  # fmt: skip
BY = {"offer": "lead", "withdraw": "lead"}
CASES = [(form, field) for form, words in WORDS.items() for field in words]


@pytest.fixture
def send(world: World) -> Callable:
    """Send one form, and take back what it did."""
    addresses: dict[str, str] = {}

    def address(form: str) -> str:
        if form not in addresses:
            addresses[form] = _address(world, form)
        return addresses[form]

    def sent(form: str, **changes: object):
        said = {"mentors": world.agencies["mentors"], "mentor": world.mentor.post,
                "today": today().isoformat()}  # fmt: skip
        words = {k: said.get(v, v) if isinstance(v, str) else v for k, v in WORDS[form].items()}
        client, where = world.client(BY.get(form, "mentor")), address(form)
        with transaction.atomic():
            answer = client.post(where, {**words, **changes})
            left = kept(world)
            transaction.set_rollback(True)
        return answer, left

    return sent


def _address(world: World, form: str) -> str:
    if form == "offer":
        person = a_person(world.lead)
        a_contact(world.lead, person)
        case = a_case(world.lead, person)
        a_goal(world.lead, case)
        return reverse("referrals:offer", args=[case.pk, case.about[0], "mentoring"])
    one = an_offer(world) if form in ("accept", "decline") else under_way(world)
    if form == "step":
        with acting(world.lead):
            return reverse("referrals:step", args=[Step.objects.get(referral=one).pk])
    return reverse(f"referrals:{form}", args=[one.pk])


def kept(world: World) -> list:
    """Everything the forms could have changed."""
    with acting(world.lead):
        rows = [*Referral.objects.values_list("state", "why", "worker", "their_view")]
        rows += Step.objects.values_list("state", "says")
        return rows + [*Session.objects.values_list("says", "held_on")]


@pytest.mark.parametrize("form", WORDS)
def test_every_form_is_sent_when_filled_in_as_asked(send: Callable, form: str):
    answer, _ = send(form)
    assert answer.status_code == 302, answer.content.decode()[:3000]


@pytest.mark.parametrize(("form", "field"), CASES)
def test_whatever_is_typed_is_kept_as_text_or_refused_with_a_sentence(
    world: World, send: Callable, form: str, field: str
):
    send(form)  # makes what the form needs, once
    before = kept(world)
    for typed in BAD + ODD:
        answer, left = send(form, **{field: typed})
        html = answer.content.decode()
        if typed in BAD:
            assert answer.status_code == 422, (typed[:10], html[:2000])
        if answer.status_code != 302:
            assert answer.status_code == 422 and "govuk-error-message" in html
            assert left == before
            assert "<script>alert(1)" not in html


@pytest.mark.parametrize("form", WORDS)
def test_a_form_sent_empty_says_what_is_missing_and_changes_nothing(
    world: World, send: Callable, form: str
):
    send(form)
    before = kept(world)
    answer, left = send(form, **dict.fromkeys(WORDS[form], ""))
    assert answer.status_code == 422 and left == before
    assert "govuk-error-summary" in answer.content.decode()


def test_what_looks_like_a_script_is_shown_as_it_was_typed(world: World):
    one = under_way(world)
    client = world.client("mentor")
    page = reverse("referrals:session", args=[one.pk])
    said = {
        "held_on": today().isoformat(),
        "attendance": "came",
        "says": "<script>alert(1)</script>",
    }
    assert client.post(page, said).status_code == 302
    html = client.get(reverse("referrals:referral", args=[one.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in html and "<script>alert(1)" not in html
