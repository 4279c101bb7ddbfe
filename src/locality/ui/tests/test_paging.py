"""Long lists: every line is on exactly one page, and an address can ask for anything."""

import csv
import io

from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from locality.ui.pages import cell, csv_file
from locality.ui.paging import page_links, paginate, sorting


def asking(**query: object):
    return RequestFactory().get("/", query)


@given(st.integers(0, 300), st.integers(1, 40))
def test_the_pages_together_are_the_list(count, per_page):
    items = list(range(count))
    first = paginate(asking(), items, per_page)
    pages = [paginate(asking(page=n), items, per_page) for n in first.paginator.page_range]
    assert [item for page in pages for item in page] == items
    assert all(page.count == count for page in pages)


@given(st.text(max_size=10), st.integers(0, 100))
def test_whatever_page_is_asked_for_one_is_shown(asked, count):
    page = paginate(asking(page=asked), list(range(count)), 10)
    assert 1 <= page.number <= page.paginator.num_pages


def test_too_far_is_the_last_page_and_nonsense_is_the_first():
    assert paginate(asking(page="999"), range(30), 10).number == 3
    for nonsense in ("0", "-4", "two", ""):
        assert paginate(asking(page=nonsense), range(30), 10).number == 1


@given(st.integers(1, 500).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_the_row_of_numbers_is_short_in_order_and_never_hides_one_page_alone(where):
    number, last = where
    links = page_links(number, last)
    shown = [link.number for link in links if link.number]
    assert shown == sorted(set(shown)) and {1, number, last} <= set(shown)
    assert [link.number for link in links if link.current] == [number]
    assert len(links) <= 9
    gaps = [i for i, link in enumerate(links) if link.number is None]
    assert all(links[i + 1].number - links[i - 1].number > 2 for i in gaps)


@given(st.text(max_size=12))
def test_an_address_never_names_a_column(asked):
    order = sorting(asking(sort=asked), {"due": "due_at", "who": ("last", "first")}, "-due")
    assert order.order_by in {
        ("due_at",), ("-due_at",), ("last", "first"), ("-last", "-first")
    }  # fmt: skip


def test_asking_for_the_same_column_again_turns_it():
    order = sorting(asking(sort="due"), {"due": "due_at", "who": "who"}, "due")
    assert (order.aria("due"), order.next("due")) == ("ascending", "-due")
    assert (order.aria("who"), order.next("who")) == ("none", "who")


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_a_spreadsheet_gets_every_cell_back_and_runs_none(rows):
    rows = [[value.replace("\r", "").replace("\x00", "") for value in row] for row in rows]
    response = csv_file("a list/of.things", ["one", "two"], rows)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text)))[1:]
    assert [[value for value in row] for row in read] == [[cell(v) for v in row] for row in rows]
    assert not any(value[:1] in set("=+-@\t") - {""} for row in read for value in row if value)
    assert response["Content-Disposition"] == 'attachment; filename="a-list-of-things.csv"'
