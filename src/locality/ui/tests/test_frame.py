"""The frame of every page: who, for whom, why; and only the links somebody may follow."""

import re

from django.http import QueryDict
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from locality.ui import navigation
from locality.ui.templatetags.locality import initials, page_link, sentence_list

NAMES = st.text(st.characters(categories=["L", "Zs", "P"]), max_size=30)


def get(path: str, **headers: str) -> str:
    return Client().get(path, headers=headers).content.decode()


def test_the_bar_always_says_who_for_whom_and_why():
    page = re.sub(r"<[^>]+>|\s+", " ", get("/privacy"))
    for words in ("Amina Khan", "Walsall Council", "safeguarding children", "Sign out"):
        assert words in page


def test_somebody_not_signed_in_is_told_nothing_about_anybody():
    page = get("/privacy?as=nobody")
    assert "Amina" not in page and "Sign out" not in page


def test_a_link_shows_with_its_duty_and_only_once_its_address_exists():
    page = get("/privacy")
    assert ">Queue</a>" in page
    assert ">Govern</a>" not in page
    assert "Not built yet" not in page
    assert ">Queue</a>" not in get("/privacy?as=nobody")


def test_adding_a_link_twice_shows_it_once():
    before = len(navigation.LINKS)
    navigation.add("Gallery", "ui:gallery")
    assert len(navigation.LINKS) == before


def test_the_page_somebody_is_on_is_marked_once():
    page = get("/queue")
    current = re.findall(r'href="([^"]+)" aria-current="page"', page)
    assert current == ["/queue"]


def test_a_message_is_said_once_and_then_gone():
    client = Client()
    assert "The concern was screened." in client.get("/queue").content.decode()
    assert "The concern was screened." not in client.get("/privacy").content.decode()


def test_the_page_says_its_language_and_direction():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl"' in get("/privacy", accept_language="ar")
    assert '<html lang="en-gb" dir="ltr"' in get("/privacy")


def test_no_page_has_inline_script_or_style():
    for path in ("/gallery", "/privacy", "/shortcuts", "/refused", "/hidden"):
        page = get(path)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert not re.search(r'(src|href)="(https?:)?//(?!testserver)', page)


@given(st.lists(NAMES, max_size=5))
def test_a_list_in_a_sentence_has_one_and_and_escapes_every_part(names):
    said = sentence_list(["<b>", *names])
    assert "<b>" not in said
    assert Template("{{ said }}").render(Context({"said": said})) == said
    if names:
        assert said.count("&lt;b&gt;") == 1 and " and " in said


def test_lists_read_as_people_say_them():
    assert sentence_list(["a"]) == "a"
    assert sentence_list(["a", "b"]) == "a and b"
    assert sentence_list(["a", "b", "c"], "or") == "a, b or c"


@given(NAMES)
def test_initials_are_at_most_two_words_first_letters(name):
    assert len(initials(name)) <= 4  # some letters have two capitals
    assert initials("Amina Jane Khan") == "AK"


QUERIES = st.dictionaries(st.sampled_from(["q", "sort", "kind", "page"]), st.text(max_size=6))


@given(QUERIES, st.integers(1, 99))
def test_a_link_to_another_page_keeps_every_filter(query, number):
    context = Context({"request": RequestFactory().get("/", query)})
    linked = QueryDict(page_link(context, page=number).removeprefix("?"))
    assert linked.dict() == {**query, "page": str(number)}


@given(QUERIES)
def test_another_order_goes_back_to_the_first_page(query):
    context = Context({"request": RequestFactory().get("/", query)})
    linked = QueryDict(page_link(context, sort="due").removeprefix("?"))
    assert "page" not in linked and linked["sort"] == "due"
