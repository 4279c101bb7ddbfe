"""`make screenshots`: the pictures that docs/screenshots/pages.toml names, as desktop and phone.

Each page there has a `name`, the person it is seen `as`, the `path` it starts from and, if it is
deeper, the links to `follow` by their text.
"""

import os
import sys
import tomllib
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from locality.web.running.progress import doing
from scripts.demonstration import demo
from scripts.install import ROOT
from scripts.trouble import Trouble

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}


def main() -> int:
    """Start the demo and take every picture anew."""
    pages = tomllib.loads((FOLDER / "pages.toml").read_text())["pages"]
    with demo(ROOT) as running, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("LOCALITY_CHROMIUM"))
        with doing("Taking pictures") as line:
            for number, page in enumerate(pages, start=1):
                line.reach(f"{number} of {len(pages)}")
                for size in SIZES:
                    take(browser, running.address, page, size)
    return 0


def take(browser: Browser, address: str, page: dict[str, Any], size: str) -> None:
    """Sign in as the page's person, go there and keep what is seen, the whole length of it."""
    width, height = SIZES[size]
    with browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, reduced_motion="reduce"
    ) as visit:
        tab = visit.new_page()
        if person := page.get("as"):
            tab.goto("/account/login/")
            tab.get_by_role("button", name=person).first.click()
        tab.goto(page["path"])
        for link in page.get("follow", []):
            found = tab.get_by_role("link", name=link).or_(tab.get_by_role("button", name=link))
            found.first.click()
        tab.wait_for_load_state("networkidle")
        tab.screenshot(path=FOLDER / f"{page['name']}-{size}.png", full_page=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(str(trouble))
