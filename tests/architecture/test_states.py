"""The state diagrams in docs/states are what the code allows."""

import importlib
import re
from collections import Counter

import pytest

from scripts import states

TABLES = [(name, table) for name, tables in states.PAGES.items() for table in tables]


@pytest.mark.parametrize("name", states.PAGES)
def test_a_page_is_what_the_code_allows(name):
    kept = (states.FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert kept == states.page(name, states.PAGES[name]), "run python -m scripts.states"


def test_no_page_outlives_its_table():
    assert {file.stem for file in states.FOLDER.glob("*.md")} == set(states.PAGES)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=lambda one: getattr(one, "name", one))
def test_a_diagram_has_every_move_once_and_no_other(name, table):
    drawn = re.findall(r"^    (\w+) --> (\w+): (.+)$", states.diagram(table), re.MULTILINE)
    allowed = [(a.name, b.name, event) for (a, event), b in table.moves.items()]
    assert Counter(drawn) == Counter(allowed)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=lambda one: getattr(one, "name", one))
def test_every_state_can_be_reached_from_the_first(name, table):
    reached = {next(iter(table.states))}
    for _ in table.states:
        reached |= {b for (a, _event), b in table.moves.items() if a in reached}
    assert reached == set(table.states)


def test_every_table_of_states_in_the_code_is_drawn():
    drawn = {id(table.moves) for _name, table in TABLES}
    source = states.ROOT / "src" / "locality"
    for file in [*source.glob("*/words.py"), *source.glob("*/words/__init__.py")]:
        domain = file.relative_to(source).parts[0]
        for name, value in vars(importlib.import_module(f"locality.{domain}.words")).items():
            assert not name.startswith("NEXT_") or id(value) in drawn, f"{domain}: {name}"
