"""One concern, from a teacher's worry to an outcome, in a real browser."""

from collections.abc import Callable

import pytest

from tests.journeys import story
from tests.journeys.visitor import Typist, Visitor

Visit = Callable[..., Visitor]
PANEL = "Aldermoor locality panel"
HERE = ["Owen Marsh", "Priya Lantern", "Ngozi Tarrant", "Marek Oldacre", "Gethin Sparrow"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_concern_becomes_an_outcome_that_its_reporter_hears_of(visit: Visit, scripts: bool):
    young = story.Young(family="Quillfeather" if scripts else "Plainfeather")
    teacher = visit("Amrit Vale", scripts=scripts)
    screener, lead = visit("Joan Pellow", scripts=scripts), visit("Marek Oldacre", scripts=scripts)

    reference = story.raise_concern(teacher, young)
    story.screen(screener, reference, young, lead="Marek Oldacre")
    story.read_receipt(teacher, reference, story.TOLD)
    story.plan(lead, young)
    story.share(lead, young, ["Dev Harrow", "Ngozi Tarrant", "Ruth Sallow"])
    story.ask(lead, young, "olice")
    story.answer(visit("Dev Harrow", scripts=scripts), young)
    story.put_forward(lead, young, PANEL)
    story.decide(visit("Priya Lantern", scripts=scripts), young, PANEL, HERE)
    referral = story.refer(lead, young, "entor")
    story.mentor(visit("Cole Bexter", scripts=scripts), referral)
    story.close(lead, young)
    story.read_receipt(teacher, reference, story.ENDED)


def test_a_concern_is_raised_and_screened_by_keyboard_alone(visit: Visit):
    young = story.Young(family="Keyfeather")
    teacher, screener = visit("Amrit Vale", kind=Typist), visit("Joan Pellow", kind=Typist)
    reference = story.raise_concern(teacher, young)
    story.screen(screener, reference, young, lead="Marek Oldacre")
    story.read_receipt(teacher, reference, story.TOLD)


def test_a_concern_is_raised_and_followed_on_a_phone(visit: Visit):
    teacher = visit("Amrit Vale", size="phone")
    reference = story.raise_concern(teacher, story.Young(family="Handfeather"))
    story.read_receipt(teacher, reference, "What happens next")
