"""In a real browser: no accessibility violation, no console error, no policy violation."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WIDTHS = [1280, 390]
PAGES = ["/gallery", "/shortcuts", "/accessibility", "/privacy", "/queue", "/refused", "/hidden"]
EXPECTED = "Failed to load resource"  # the browser's own line for a 409, 404 or 422 page


@pytest.fixture(params=[(w, js) for w in WIDTHS for js in (True, False)], ids=str)
def window(request, browser: Browser) -> Iterator[Page]:
    """A window, wide and narrow, with and without our scripts; it notes every complaint.

    Without: none of them arrives. (Where scripting itself is off, axe cannot run either.)
    """
    width, script = request.param
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size)
    if not script:
        context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda wrong: page.complaints.append(str(wrong)))
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """Every WCAG 2.2 A and AA rule, and axe's good practice, that the page breaks."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


def complaints(page: Page) -> list[str]:
    return [line for line in page.complaints if not line.startswith(EXPECTED)]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_an_accessibility_violation(window: Page, gallery: str, path: str):
    window.goto(gallery + path)
    assert violations(window) == []
    assert complaints(window) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(window: Page, gallery: str, path: str):
    window.goto(gallery + path)
    wide = window.evaluate("document.documentElement.scrollWidth")
    assert wide <= window.viewport_size["width"]


def test_a_form_with_errors_has_no_violation_and_says_so_in_its_title(window: Page, gallery: str):
    window.goto(gallery + "/gallery")
    window.get_by_role("button", name="Send this concern").click()
    expect(window).to_have_title("Error: Gallery – Locality")
    window.get_by_role("link", name="Enter date noticed").click()
    first = window.locator("#id_noticed_on-day")  # the script moves there, the plain link too
    assert window.url.endswith("#id_noticed_on-day") or first.evaluate(
        "box => box === document.activeElement"
    )
    assert violations(window) == []
    assert complaints(window) == []


def test_everything_a_page_names_is_there(window, gallery):
    missing = []
    window.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else 0)
    window.goto(gallery + "/gallery", wait_until="networkidle")
    assert missing == []


def test_a_revealed_question_shows_only_when_its_answer_is_chosen(window: Page, gallery: str):
    window.goto(gallery + "/gallery")
    assert not window.get_by_label("Why not?").is_visible()
    window.get_by_label("No", exact=True).first.check()
    assert window.get_by_label("Why not?").is_visible()
    assert violations(window) == []


def test_the_phone_menu_opens_and_closes_without_javascript(browser, gallery):
    size = {"width": 390, "height": 800}
    page = browser.new_context(viewport=size, java_script_enabled=False).new_page()
    page.goto(gallery + "/gallery")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Queue")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    assert link.is_visible()
    page.get_by_role("button", name="Close menu").click()
    assert not link.is_visible()
    page.context.close()


def test_j_and_k_walk_a_queue_and_do_nothing_while_typing_or_switched_off(browser, gallery):
    page = browser.new_context().new_page()
    page.goto(gallery + "/gallery")
    lines = page.locator("[data-queue-item] a")
    for key in "jjk":
        page.keyboard.press(key)
    expect(lines.nth(0)).to_be_focused()
    page.get_by_label("Where it was").press("j")
    expect(page.get_by_label("Where it was")).to_be_focused()
    page.goto(gallery + "/shortcuts")
    page.get_by_role("button", name="Switch single keys off").click()
    page.goto(gallery + "/gallery")
    page.keyboard.press("j")
    expect(lines.nth(0)).not_to_be_focused()
    page.context.close()


def test_the_first_tab_offers_to_skip_to_the_content(browser, gallery):
    page = browser.new_context().new_page()
    page.goto(gallery + "/gallery")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.context.close()


def test_print_shows_who_printed_it_and_hides_the_screen(browser, gallery):
    page = browser.new_context().new_page()
    page.goto(gallery + "/gallery")
    page.emulate_media(media="print")
    assert page.get_by_text("printed by Amina Khan, Walsall Council").is_visible()
    assert not page.get_by_role("button", name="Send this concern").is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()
    page.context.close()


def test_leaving_unsaved_words_asks_first(browser, gallery):
    page = browser.new_context().new_page()
    asked = []
    page.on("dialog", lambda box: (asked.append(box.type), box.accept()))
    page.goto(gallery + "/gallery")
    page.get_by_label("What did you notice?").press_sequentially("She said")
    page.goto(gallery + "/privacy")
    assert asked == ["beforeunload"]
    page.context.close()


def test_a_draft_is_kept_as_it_is_written_and_says_when_it_is_not(browser, gallery):
    page = browser.new_context().new_page()
    sent, working = [], [False]

    def answer(route):
        sent.append(route.request.headers.get("x-csrftoken"))
        route.fulfill(status=204) if working[0] else route.abort()

    page.route("**/draft", answer)
    page.goto(gallery + "/draft-form")
    page.get_by_label("What did you notice?").press_sequentially("She said")
    expect(page.get_by_text("Not sent yet: no connection")).to_be_visible()
    working[0] = True
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=10_000)
    assert len(sent) >= 2 and all(sent)
    page.context.close()


def test_a_map_draws_under_the_content_policy(browser, gallery):
    page = browser.new_context().new_page()
    wrong = []
    page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    page.goto(gallery + "/privacy")
    loaded = page.evaluate(
        """async () => {
          const { Map } = await import("/static/vendor/maplibre-gl.mjs");
          const box = document.createElement("div");
          document.querySelector("main").append(box);
          const data = { type: "Point", coordinates: [-1.98, 52.58] };
          const style = { version: 8, sources: { one: { type: "geojson", data } },
            layers: [{ id: "one", type: "circle", source: "one" }] };
          const map = new Map({ container: box, style, center: [-1.98, 52.58], zoom: 9 });
          return new Promise((done) => {
            map.on("idle", () => done(map.querySourceFeatures("one").length));
            setTimeout(() => done("too slow"), 20000);
          });
        }"""
    )
    assert wrong == []
    assert loaded >= 1  # once for each tile it touches
    page.context.close()
