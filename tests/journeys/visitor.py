"""Somebody at a browser: they read, follow links, fill forms, and notice what goes wrong."""

import re
from datetime import date

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

PATIENCE = 15_000  # milliseconds
# Chromium itself says so of every refusal (409), hidden record (404) and wrong form (422).
EXPECTED = re.compile(r"Failed to load resource: .* status of (404|409|422)")
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


class Visitor:
    """One person with a browser of their own. Works the same with and without scripts."""

    def __init__(
        self, browser: Browser, address: str, *, scripts: bool = True, size: str = "desk"
    ) -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(
            base_url=address, java_script_enabled=scripts, reduced_motion="reduce",
            viewport={"width": width, "height": height}, locale="en-GB",
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.scripts, self.faults = scripts, list[str]()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        self.page.on("response", self._see)

    def sign_in(self, name: str) -> None:
        """Sign in as one of the story's people, as the demonstration offers it."""
        self.go("/account/login/")
        self.press(name)
        expect(self.page.get_by_role("region", name="Who you are acting as")).to_contain_text(name)

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def press(self, text: str, about: str = "") -> None:
        """Follow the first link, or press the first button, that says `text` (and `about`)."""
        says = re.compile(f"{re.escape(text)}.*{re.escape(about)}", re.IGNORECASE | re.DOTALL)
        link, button = (self.page.get_by_role(role, name=says) for role in ("link", "button"))
        self.activate(link.or_(button).first)

    def menu(self, text: str) -> None:
        """Follow a main link; on a phone it is in a menu."""
        if self.page.get_by_role("button", name="Menu", exact=True).is_visible():
            self.page.get_by_role("button", name="Menu", exact=True).click()
        self.activate(self.page.get_by_role("navigation").get_by_role("link", name=text).first)

    def write(self, label: str, text: str) -> None:
        """Write in the box called `label`."""
        self._type(self.page.get_by_role("textbox", name=label).first, text)

    def day(self, label: str, day: date) -> None:
        """Fill the three boxes of a date."""
        boxes = self.page.get_by_role("group", name=label)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self._type(boxes.get_by_label(part), str(value))

    def choose(self, label: str, inside: str = "") -> None:
        """Choose a radio or tick a box; `inside` the question with these words."""
        whole = self.page.get_by_role("group", name=inside).first if inside else self.page
        either = whole.get_by_role("radio", name=label).or_(
            whole.get_by_role("checkbox", name=label)
        )
        self._tick(either.first)

    def pick(self, label: str, option: str) -> None:
        """Pick the first option that contains `option` from a list."""
        box = self.page.get_by_role("combobox", name=label).first
        found = box.locator("option", has_text=option).first
        self._select(box, found.inner_text())

    def sees(self, text: str) -> None:
        """Find `text` on the page, or fail."""
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        """Find `text` nowhere on the page, or fail."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def reference(self) -> str:
        """Read the reference that the page shows first."""
        return self.page.locator(".loc-reference, .govuk-panel__body strong").first.inner_text()

    def leave(self) -> None:
        """Close the browser; fail if anything went wrong on the way."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def activate(self, target: Locator) -> None:
        """Follow or press this very thing, and wait for the page it opens."""
        with self.page.expect_event("framenavigated"):
            self._push(target)
        self.page.wait_for_load_state()

    def _push(self, target: Locator) -> None:
        target.click()

    def _type(self, box: Locator, text: str) -> None:
        box.fill(text)

    def _tick(self, box: Locator) -> None:
        box.check(force=True)  # the GOV.UK control lies over the real one

    def _select(self, box: Locator, label: str) -> None:
        box.select_option(label=label)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not EXPECTED.search(said.text):
            self._note(f"console: {said.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 500:
            self._note(f"answered {response.status}: {response.url}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.page.url}: {fault}")


class Typist(Visitor):
    """Somebody who uses the keyboard alone: Tab, Enter, Space, arrows and letters."""

    MOST = 400  # presses of Tab before a thing counts as out of reach

    def _push(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def _type(self, box: Locator, text: str) -> None:
        self._reach(box)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text) if "\n" in text else self.page.keyboard.type(text)

    def _tick(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._reach_radio(box)
        else:
            self._reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def _select(self, box: Locator, label: str) -> None:
        self._reach(box)
        for _ in range(box.locator("option").count()):
            if box.evaluate("box => box.selectedOptions[0]?.text.trim()") == label.strip():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not reach “{label}”")

    def _reach(self, target: Locator) -> None:
        for _ in range(self.MOST):
            if target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def _reach_radio(self, box: Locator) -> None:
        """Tab goes to the group; arrows go through it."""
        same = "it => document.activeElement.name === it.name"
        for _ in range(self.MOST):
            if box.evaluate(same):
                break
            self.page.keyboard.press("Tab")
        for _ in range(40):
            if box.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not reach {box}")
