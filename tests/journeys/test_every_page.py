"""Every address, as everybody: nothing breaks, nothing leads nowhere, everybody can use it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys import addresses
from tests.journeys.caller import Caller
from tests.journeys.crawl import Chart, Seen
from tests.journeys.site import Site
from tests.journeys.visitor import SIZES, Visitor

AXE = {"resultTypes": ["violations"]}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_link_leads_somewhere_for_whoever_is_shown_it(chart: Chart):
    assert len(chart.by_name()) > 80, sorted(chart.by_name())
    assert not chart.faults, "\n".join(chart.faults)


def test_no_address_breaks_for_anybody(site: Site, chart: Chart, people: list[str]):
    named = [filled for name, given in addresses.ours()
             if (filled := addresses.filled(name, given, site.administrator))]  # fmt: skip
    assert len(named) > 100
    wrong = []
    for who in people:
        caller = Caller(site.address).sign_in(who)
        for path in named:
            if (status := caller.get(path).status) >= 500:
                wrong.append(f"{who}: {path}: {status}")
    assert not wrong, "\n".join(wrong)


def test_everybody_can_use_every_page(site: Site, browser: Browser, chart: Chart):
    firsts = [pages[0] for pages in chart.by_name().values()]
    faults = []
    for who in sorted({page.who for page in firsts}):
        visitor = Visitor(browser, site.address)
        visitor.sign_in(who)
        for page in firsts:
            if page.who == who:
                faults += look_at(visitor, page)
        visitor.context.close()
        faults += visitor.faults
    assert not faults, "\n".join(faults)


def look_at(visitor: Visitor, page: Seen) -> list[str]:
    """Look at a page on a desk and on a phone; say what keeps anybody from using it."""
    tab = visitor.page
    visitor.go(page.path)
    tab.wait_for_load_state("networkidle")
    found = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
             for one in Axe().run(tab, options=AXE).response["violations"]]  # fmt: skip
    tab.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
    if (wider := tab.evaluate(WIDER)) > 0:
        found.append(f"{wider} pixels wider than a phone")
    tab.set_viewport_size(dict(zip(("width", "height"), SIZES["desk"], strict=True)))
    return [f"{page.name} ({page.path}, {page.who}): {fault}" for fault in found]
