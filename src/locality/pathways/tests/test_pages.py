"""The catalogue as anybody who works here reads it."""

from dataclasses import replace
from datetime import date
from html import escape

import pytest
from django.urls import reverse

from locality.pathways import catalogue
from tests.world import World


def read(world: World, name: str, *args: str, who: str = "teacher") -> str:
    answer = world.client(who).get(reverse(f"pathways:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_names_every_pathway_and_leads_to_it(world: World):
    html = read(world, "pathways")
    for one in catalogue.all():
        assert one.name in html and reverse("pathways:pathway", args=[one.key]) in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("one", catalogue.all(), ids=lambda one: one.key)
def test_a_pathway_shows_all_that_its_file_says(world: World, one):
    html = read(world, "pathway", one.key)
    said = [
        one.name, one.says, one.agreement.if_refused, *one.report_headings, *one.outcomes,
        *(step.name for step in one.steps), *(end.name for end in one.ends),
        *(example.says for example in one.examples), *(source.says for source in one.sources),
        *(stop.instead for stop in one.stops), *(before.says for before in one.before),
        "Version 2026.1", "31 March 2027", "To be confirmed",
    ]  # fmt: skip
    for words in said:
        assert escape(words, quote=True).replace("&#x27;", "&#x27;") in html, words
    assert html.count("<h1") == 1 and " style=" not in html


def test_an_overdue_review_shows(world: World, monkeypatch):
    late = replace(catalogue.get("mentoring"), review_by=date(2020, 1, 31))
    monkeypatch.setattr(catalogue, "all", lambda: [late])
    monkeypatch.setattr(catalogue, "get", lambda key: late)
    assert "Review overdue" in read(world, "pathways")
    assert "should have been reviewed by 31 January 2020" in read(world, "pathway", "mentoring")


def test_without_any_pathway_the_list_says_why(world: World, monkeypatch):
    monkeypatch.setattr(catalogue, "all", list)
    assert "No pathway is in the catalogue yet" in read(world, "pathways")


def test_a_pathway_that_is_not_there_is_the_one_404_page(world: World):
    client = world.client("teacher")
    absent = [client.get(reverse("pathways:pathway", args=[key])) for key in ("x", "juggling")]
    assert {one.status_code for one in absent} == {404}
    assert absent[0].content == absent[1].content


def test_nobody_reads_it_without_signing_in(client, world: World):
    assert client.get(reverse("pathways:pathways")).status_code == 302
