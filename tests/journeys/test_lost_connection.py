"""The connection goes while a concern is written: nothing typed is lost, nothing is left behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, expect

from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
# All that is kept in the browser, but for the address that htmx notes for its history.
LEFT = """() => Object.entries({...localStorage, ...sessionStorage})
    .filter(([key]) => !key.startsWith('htmx-')).map(([, value]) => value).join()"""
WORDS = "Came without a coat, and the lights were off"
GONE = "No connection"
# A page of the draft, and what somebody writes in its boxes.
WRITTEN = {
    "who": {
        "First names": "Wilfrida", "Family name": "Trainfeather", "Postcode": "ZZ1 2AB",
        "Where, in your own words": "Behind the shops",
    },
    "noticed": {
        "What did you notice?": WORDS, "What goes well?": "A kind aunt",
        "What time, or since when?": "Since Monday",
    },
    "agreed": {"What did they say?": "She would be glad of help"},
}  # fmt: skip


def begin(teacher: Visitor) -> str:
    """Begin a draft; give its address."""
    teacher.go("/concerns/raise/")
    teacher.choose("No, but somebody should look within a working day")
    teacher.press("Go on")
    return teacher.page.url.removesuffix("who/")


def waits(teacher: Visitor) -> str:
    """Everything that is kept in the browser."""
    return teacher.page.evaluate(LEFT)


def connect(teacher: Visitor) -> None:
    """Read that there was no connection; have one again a while later."""
    teacher.sees(GONE)
    teacher.context.set_offline(False)
    teacher.page.wait_for_timeout(1200)  # two presses within a second count as one


def nothing_waits(teacher: Visitor) -> None:
    """Wait until nothing is kept in the browser any more, or fail."""
    for _ in range(75):
        if not waits(teacher):
            return
        teacher.page.wait_for_timeout(200)
    raise AssertionError(waits(teacher))


class Traveller(Visitor):
    """Somebody whose connection comes and goes; their browser complains of that itself."""

    def _hear(self, said: ConsoleMessage) -> None:
        if "net::ERR_" not in said.text:
            super()._hear(said)


def on_a_train(visit: Visit) -> Visitor:
    """A teacher whose browser asks nothing when a page is left, as a telephone does not."""
    teacher = visit("Amrit Vale", kind=Traveller, size="phone")
    teacher.page.on("dialog", lambda dialog: dialog.accept())
    return teacher


@pytest.mark.parametrize("page", WRITTEN)
def test_what_is_written_without_a_connection_comes_back_and_reaches_the_server(visit, page):
    teacher = on_a_train(visit)
    draft = begin(teacher)
    teacher.go(f"{draft}{page}/")
    teacher.context.set_offline(True)
    for box, said in WRITTEN[page].items():
        teacher.write(box, said)
    expect(teacher.page.get_by_text("Not sent yet").first).to_be_visible()
    teacher.page.get_by_role("button", name="Go on").or_(
        teacher.page.get_by_role("button", name="Check your answers")
    ).click()
    teacher.sees(GONE)

    teacher.context.set_offline(False)
    teacher.page.reload()  # the tab was thrown away while it was in a pocket
    for box, said in WRITTEN[page].items():
        expect(teacher.page.get_by_role("textbox", name=box)).to_have_value(said)
    expect(teacher.page.get_by_text("Saved at").first).to_be_visible()
    nothing_waits(teacher)


def test_the_first_and_last_page_wait_for_a_connection_and_raise_once(visit):
    teacher = on_a_train(visit)
    teacher.go("/concerns/raise/")
    teacher.context.set_offline(True)
    teacher.choose("No, there is no hurry")
    teacher.page.get_by_role("button", name="Go on").click()
    connect(teacher)
    teacher.press("Go on")
    teacher.write("Where, in your own words", "Behind the shops")
    teacher.press("Go on")
    teacher.write("What did you notice?", WORDS)
    teacher.choose("A place, a neighbourhood or a nuisance")
    teacher.press("Go on")
    teacher.press("Check your answers")
    teacher.context.set_offline(True)
    teacher.page.get_by_role("button", name="Raise this concern").click()
    teacher.sees(WORDS)
    connect(teacher)
    teacher.press("Raise this concern")
    teacher.sees("Concern raised")
    assert not waits(teacher)


def test_words_that_wait_are_gone_once_somebody_signs_out(visit):
    teacher = on_a_train(visit)
    teacher.go(f"{begin(teacher)}noticed/")
    teacher.context.route("**/save/**", lambda route: route.abort())
    teacher.write("What did you notice?", WORDS)
    expect(teacher.page.get_by_text("Not sent yet")).to_be_visible()
    assert WORDS in waits(teacher)
    teacher.go("/")
    assert WORDS in waits(teacher)
    teacher.press("Sign out")
    assert WORDS not in waits(teacher)


def test_words_that_wait_are_sent_from_the_next_page_and_are_never_anothers(visit):
    teacher = on_a_train(visit)
    address = f"{begin(teacher)}noticed/"
    teacher.go(address)
    teacher.context.route("**/save/**", lambda route: route.abort())
    teacher.write("What did you notice?", WORDS)
    expect(teacher.page.get_by_text("Not sent yet")).to_be_visible()
    teacher.context.unroute("**/save/**")
    teacher.go("/")
    nothing_waits(teacher)
    teacher.go(address)
    expect(teacher.page.get_by_role("textbox", name="What did you notice?")).to_have_value(WORDS)

    other = '{"who": "somebody else", "url": "/x/", "words": [["text", "theirs"]]}'
    teacher.page.evaluate(f"sessionStorage.setItem('waits /x/ text', '{other}')")
    teacher.page.reload()
    nothing_waits(teacher)
