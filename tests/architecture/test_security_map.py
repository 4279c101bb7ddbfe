"""docs/security.md answers every requirement, and what it names as evidence is there."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"
IDS = ROOT / "tests" / "architecture" / "asvs.toml"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$")
TEST = re.compile(r"`([\w/.]+\.py)::(\w+)`")
WORDS = re.compile(r"^(Reason|Open): \S")


def required(listed: dict[str, dict[str, str]]) -> set[str]:
    """Every id of the list: "6.2.1-3" stands for 6.2.1, 6.2.2 and 6.2.3."""
    found = set()
    for level in ("level_1", "level_2", "level_3"):
        for chapter, ids in listed[level].items():
            for one in ids.split():
                section, first, last = re.fullmatch(r"(\d+\.\d+)\.(\d+)(?:-(\d+))?", one).groups()
                assert section.startswith(f"{chapter}."), f"{one} is not of chapter {chapter}"
                numbers = range(int(first), int(last or first) + 1)
                found |= {f"{section}.{number}" for number in numbers}
    return found


def rows(page: str) -> list[tuple[str, str, str]]:
    """Each row of a page: its id, how it is met, and its evidence."""
    found = [match for line in page.splitlines() if (match := ROW.match(line))]
    return [(one[1], *(part.strip() for part in one[2].rsplit("|", 2)[-2:])) for one in found]


@cache
def defined_in(file: Path) -> frozenset[str]:
    """The tests that a file defines."""
    if not file.is_file() or not file.name.startswith("test_"):
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def wrong(page: str, ids: set[str]) -> Iterator[str]:
    """Say what a page leaves out, says twice or says without evidence."""
    answered = Counter(one for one, *_ in rows(page))
    yield from (f"{one} has no row" for one in sorted(ids - set(answered)))
    yield from (f"{one} is not asked for" for one in sorted(set(answered) - ids))
    yield from (f"{one} has two rows" for one, times in answered.items() if times > 1)
    for one, met, evidence in rows(page):
        yield from (f"{one} {fault}" for fault in faults_of(met, evidence))


def faults_of(met: str, evidence: str) -> Iterator[str]:
    """Say what a row lacks."""
    named = TEST.findall(evidence)
    if not met:
        yield "does not say how it is met"
    if not named and not WORDS.match(evidence):
        yield "has neither test nor Reason: nor Open:"
    for file, test in named:
        if not test.startswith("test_") or test not in defined_in(ROOT / file):
            yield f"names {file}::{test}, which is not there"


def test_every_requirement_is_answered_and_every_test_named_is_there():
    ids = required(tomllib.loads(IDS.read_text(encoding="utf-8")))
    assert len(ids) == 70 + 183 + 11  # levels 1 and 2, and of level 3 what is promised
    assert not list(wrong(PAGE.read_text(encoding="utf-8"), ids))


def test_the_page_counts_its_own_answers():
    page = PAGE.read_text(encoding="utf-8")
    kinds = Counter(
        one[1] if (one := WORDS.match(evidence)) else "test" for *_, evidence in rows(page)
    )
    assert (
        f"Of {kinds.total()} requirements, {kinds['test']} are shown by tests, "
        f"{kinds['Reason']} are answered by a reason and {kinds['Open']} are open."
    ) in page


def test_each_fault_is_noticed():
    here = "`tests/architecture/test_security_map.py::test_each_fault_is_noticed`"
    good = f"| 1.1.1 | asks | met | {here} |\n| 1.1.2 | asks | met | Reason: none |"
    ids = {"1.1.1", "1.1.2"}
    assert not list(wrong(good, ids))
    faults = {
        "1.1.3 has no row": (good, ids | {"1.1.3"}),
        "1.1.2 is not asked for": (good, {"1.1.1"}),
        "1.1.2 has two rows": (good.replace("1.1.1", "1.1.2"), {"1.1.2"}),
        "1.1.2 does not say how it is met": (good.replace("| met | Reason", "|  | Reason"), ids),
        "1.1.2 has neither": (good.replace("Reason: none", "of course"), ids),
        "which is not there": (good.replace("test_each_fault", "test_no_fault"), ids),
    }
    for says, (page, asked) in faults.items():
        found = list(wrong(page, asked))
        assert len(found) == 1 and says in found[0], (says, found)
