"""A file is judged by what is in it; what was made to do harm is refused with a sentence."""

import resource
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import BadInput
from locality.kit.uploads import LARGEST, Kind, judge, names, tables, toml
from locality.kit.uploads.words import FORMULA_STARTS
from tests.hostile import files, workbooks
from tests.hostile.workbooks import packed, sound

BOTH = frozenset(Kind)


@pytest.mark.parametrize("name", files.GOOD_NAMES)
@pytest.mark.parametrize("content", files.SOUND_TABLES)
def test_a_plain_table_is_taken(name: str, content: bytes):
    assert judge(name, content, takes=BOTH) is Kind.CSV


def test_a_plain_workbook_is_taken_whatever_its_name_says():
    assert judge("a.csv", packed(sound()), takes=BOTH) is Kind.XLSX


@pytest.mark.parametrize("takes, content", [
    ({Kind.CSV}, packed(sound())), ({Kind.XLSX}, b"a,b\n1,2\n"), (set(), b"a\n"),
])  # fmt: skip
def test_what_is_not_asked_for_is_refused(takes: set[Kind], content: bytes):
    with pytest.raises(BadInput, match="kind"):
        judge("a.csv", content, takes=takes)


@pytest.mark.parametrize("number", range(40))
def test_a_hostile_file_is_refused_with_a_sentence(number: int):
    (kind, name, content), *_ = list(files.hostile(Random(number), number % 20 + 1))[-1:]
    with pytest.raises(BadInput) as refused:
        judge(name, content, takes=BOTH)
    assert str(refused.value).endswith(".") or "?" in str(refused.value), kind
    assert not set(str(refused.value)) & {"\0", "\r"}


@pytest.mark.parametrize("make", workbooks.MADE, ids=lambda make: make.__name__)
def test_each_way_to_harm_with_a_workbook_is_refused(make):
    for seed in range(6):
        with pytest.raises(BadInput):
            judge("a.xlsx", packed(make(Random(seed))), takes=BOTH)


def test_a_bomb_costs_no_more_memory_than_its_packed_size():
    bomb = packed(sound() | {workbooks.SHEET: b" " * (60 << 20)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="unpacks"):
        judge("a.xlsx", bomb, takes=BOTH)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 << 10  # KiB


def test_the_largest_file_is_judged_and_the_next_is_not():
    row = b"ab,cd\n"
    whole = row * (LARGEST // len(row))
    assert judge("a.csv", row * 100_000, takes=BOTH) is Kind.CSV
    with pytest.raises(BadInput, match="larger than 10 MB"):
        judge("a.csv", whole + row, takes=BOTH)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_taken_or_refused_and_never_break(content: bytes, name: str):
    try:
        judge(name, content, takes=BOTH)
    except BadInput as refused:
        assert str(refused)


@given(st.data())
def test_any_change_to_a_workbook_is_taken_or_refused_and_never_breaks(data: st.DataObject):
    whole = bytearray(packed(sound()))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        judge("a.xlsx", bytes(whole), takes=BOTH)
    except BadInput as refused:
        assert str(refused)


@given(st.sampled_from(FORMULA_STARTS), st.text(min_size=1))
def test_no_cell_that_would_run_is_taken_for_text(start: str, rest: str):
    runs = any(letter.isalnum() for letter in rest) and not tables.NUMBER.fullmatch(
        (start + rest).strip()
    )
    assert tables.is_formula(start + rest) == runs
    assert not tables.is_formula(f"x{start}{rest}")


@pytest.mark.parametrize("cell", ["-4", "+1,200.50", "-3%", "-", "--", "- ", "-1e5", "3", ""])
def test_numbers_with_a_sign_and_dashes_are_no_formulas(cell: str):
    assert not tables.is_formula(cell)


@pytest.mark.parametrize("name", files.BAD_NAMES)
def test_a_name_that_is_a_way_to_somewhere_is_refused(name: str):
    with pytest.raises(BadInput):
        names.require_plain(name)


@pytest.mark.parametrize("content", [
    b"a" + b".a" * 20_000 + b" = 1", b'"a"' + b" . b" * 300_000 + b" = 1",
    b"[a" + b".a" * 20_000 + b"]", b"a = " + b"[" * 9999, b"a = 1" + b"0" * 100_000,
])  # fmt: skip
def test_toml_that_would_keep_its_reader_busy_is_refused_at_once(content: bytes):
    with pytest.raises(BadInput, match="too deep"):
        toml.parsed("area.toml", content)
