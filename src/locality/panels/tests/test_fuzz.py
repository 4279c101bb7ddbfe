"""Whatever is sent to a form, the answer says how to fix it: never a 500, and nothing is kept."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.panels import services
from locality.panels.models import (
    AgreedAction,
    Decision,
    Interest,
    Item,
    Meeting,
    Present,
    Research,
    Return,
)
from locality.panels.tests.given import a_case, decide, on_agenda, sit
from locality.sharing.acting import acting
from locality.sharing.models import Disclosure
from tests.world import World, today

TYPED = {
    "control": "A\x00b", "bell": "A\x07b", "long": "A" * 11_000, "spaces": "  ",
    "missing": "", "right to left": "\u202eעדי", "emoji": "👩‍🏫 Ash \U0001fae8", "none": "\uffff",
    "script": "<script>alert(1)</script>", "sql": "'; DROP TABLE panels_panel; --",
    "percent": "%s%(x)d{{ form }}", "number": "1e999", "list": "[]", "path": "../../etc/passwd",
}  # fmt: skip
TABLES = (Meeting, Item, Research, Return, Present, Interest, Decision, AgreedAction, Disclosure)
NOT_TEXT = ("control", "bell", "long")
anything = st.one_of(st.sampled_from(list(TYPED.values())), st.text(max_size=40))


@pytest.fixture
def forms(world: World, meeting) -> dict[str, tuple[str, str, dict]]:
    """Each form: who fills it in, where, and what is right in it."""
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    decision = decide(world.coordinator, item)
    asked = services.ask_research(by=world.coordinator, item_id=item.pk)
    health = next(one for one in asked if one.agency_id == world.nurse.agency)
    other, day = a_case(world.lead), today().replace(year=today().year + 1, day=1)
    nurse = str(world.nurse.post)
    here = [str(world.actors[name].post) for name in ("coordinator", "chair", "nurse")]

    def on(name: str) -> dict[str, int]:
        return {f"{name}-day": 1, f"{name}-month": day.month, f"{name}-year": day.year}

    act = {"says": "Visit.", "who": nurse, **on("due")}
    right = {
        "plan": ("coordinator", meeting.panel_id, {**on("on"), "at": "9:30", "where": "Here"}),
        "present": ("coordinator", meeting.pk, {"post_ids": here}),
        "forward": ("lead", other.pk, {
            "meeting": str(meeting.pk), "question": "Is it right?", "necessity": "To decide.",
            "gateway": "children act 2004 s10", **on("until"),
        }),
        "choose": ("coordinator", item.pk, {"listed": "on the agenda", "why": "It is due."}),
        "item": ("coordinator", item.pk, {
            "outcome": "step up", "reasons": "It got worse.", "dissent": "None.", **act,
        }),
        "agree": ("coordinator", decision.pk, act),
        "interest": ("coordinator", item.pk, {"post_id": nurse, "why": "A cousin."}),
        "return": ("nurse", health.pk, {
            "held": "information returned", "text": "Seen.", "category": "8", "strengths": "Sings.",
        }),
    }  # fmt: skip
    return {
        name: (who, reverse(f"panels:{name}", args=[key]), said)
        for name, (who, key, said) in right.items()
    }


def kept(world: World) -> list:
    with acting(world.coordinator):
        return [list(table.objects.order_by("pk").values()) for table in TABLES]


@pytest.mark.parametrize("typed", TYPED)
def test_one_odd_answer_is_kept_as_text_or_refused_with_a_sentence(
    world: World, forms: dict, typed: str
):
    texts = {"where", "question", "necessity", "why", "reasons", "dissent", "says", "text",
             "strengths"}  # fmt: skip
    for name, (who, address, right) in forms.items():
        client, before = world.client(who), kept(world)
        for field in right:
            if field in texts and typed not in NOT_TEXT:
                continue
            answer = client.post(address, right | {field: TYPED[typed]})
            empty = field in ("where", "dissent", "strengths") and not TYPED[typed].strip()
            if not empty:
                assert answer.status_code == 422, (name, field)
                assert b"There is a problem" in answer.content, (name, field)
        assert before == kept(world), name


@pytest.mark.parametrize(
    "typed", [one for one in TYPED if one not in (*NOT_TEXT, "missing", "spaces")]
)
def test_text_of_any_kind_is_kept_and_shown_as_text(world: World, forms: dict, typed: str):
    who, address, right = forms["item"]
    client = world.client(who)
    sent = client.post(
        address, right | {name: TYPED[typed] for name in ("reasons", "dissent", "says")}
    )
    assert sent.status_code == 302
    shown = client.get(sent["Location"]).content.decode()
    assert "<script>alert" not in shown
    meeting = forms["present"][1].replace("present", "minutes")
    assert client.get(meeting).status_code == client.get(f"{meeting}.docx").status_code == 200


@settings(max_examples=8)
@given(said=st.data())
def test_nonsense_is_never_a_broken_page(world: World, forms: dict, said):
    for who, address, right in forms.values():
        wrong = said.draw(st.fixed_dictionaries({name: anything for name in right}))
        answer = world.client(who).post(address, wrong)
        assert answer.status_code in (302, 409, 422), (address, wrong)


def test_nothing_sent_at_all_is_asked_for_again(world: World, forms: dict):
    for who, address, _right in forms.values():
        answer = world.client(who).post(address)
        assert answer.status_code == 422 and b"There is a problem" in answer.content, address


def test_what_is_right_is_kept(world: World, forms: dict):
    for name in ("return", "plan", "present", "forward", "choose", "agree", "item", "interest"):
        who, address, right = forms[name]
        before = kept(world)
        assert world.client(who).post(address, right).status_code == 302, name
        same = name == "present"  # which says again what already is
        assert (before == kept(world)) == same, name
