"""Whatever a file holds, it is taken in line by line or refused in one sentence, never half."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import Month
from locality.kit.errors import BadInput
from locality.places import runs
from locality.places.rules.rows import LONGEST, RecordedRows, StreetRows
from locality.places.runs import files
from locality.places.tests import invented
from locality.places.tests.invented import TODAY
from locality.places.tests.test_loading import RECORDED_FILE, tables
from locality.places.words import CRIME_CATEGORIES, Fault

NUMBERS = {name: number for number, name in enumerate(CRIME_CATEGORIES)}
LATEST = Month(2026, 4)
READERS = {
    "street": StreetRows(NUMBERS, LATEST),
    "recorded": RecordedRows({"E01990000": "Aldermoor"}, NUMBERS, LATEST),
}
NASTY = st.sampled_from(
    [b"\0", b'"', b"\r", b"\n", b",", b"\xff", b"\xef\xbb\xbf", b"-1", b"9" * 5000, "٣".encode(),
     b"2025-13", b"nan", b"\x1f", "\N{RIGHT-TO-LEFT OVERRIDE}".encode(), b"x" * 140_000]
)  # fmt: skip
STREET = ",".join(StreetRows.columns)
RECORDED = ",".join(RecordedRows.columns)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A file of each kind that is taken in whole."""
    home = tmp_path_factory.mktemp("good")
    recorded = RECORDED + "\n" + "E01990000,Aldermoor,Burglary,2025,4,3\n" * 4
    return {
        "street": invented.write_street(home / "street.csv").read_bytes(),
        "recorded": recorded.encode(),
    }


@given(st.data())
def test_a_spoilt_file_is_taken_in_line_by_line_or_refused_in_a_sentence(
    good, tmp_path_factory, data
):
    kind = data.draw(st.sampled_from(sorted(good)))
    spoilt = bytearray(good[kind])
    for at in data.draw(st.lists(st.integers(0, len(spoilt)), min_size=1, max_size=4)):
        spoilt[at : at + data.draw(st.integers(0, 3))] = data.draw(NASTY)
    path = tmp_path_factory.getbasetemp() / "spoilt.csv"
    path.write_bytes(spoilt)
    reader = READERS[kind]
    try:
        for line, cells in files.lines(path, reader.columns):
            found = cells if isinstance(cells, Fault) else reader.read(cells)
            assert line > 1
            assert isinstance(found, tuple) or (found.column and found.reason)
    except BadInput as refused:
        assert str(refused).startswith("spoilt.csv") and str(refused).endswith(".")


SAID = {
    "an unclosed quotation mark": (
        f'{STREET}\n"{"a," * 12}\n' + "b\n" * 20, "line 2: quotation marks do not match",
    ),
    "one endless line": (f"{STREET}\n{'x' * 200_000}", "line 2: a value is longer than 131,072"),
    "endless lines in quotation marks": (
        f'{STREET}\n"' + "x\n" * 100_000, "line 2: a value is longer than 131,072",
    ),
    "a column named twice": (f"{STREET},Month\n", "names Month more than once"),
    "semicolons": (STREET.replace(",", ";") + "\n", "with commas between them"),
    "nothing": ("", "is empty"),
    "another alphabet": (f"{STREET}\n\n\nCaf\xe9\n".encode("latin-1"), "line 4: byte 0xe9"),
    "sixteen bits": (f"{STREET}\n".encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(tmp_path, what):
    held, said = SAID[what]
    path = tmp_path / "street.csv.gz"
    path.write_bytes(gzip.compress(held if isinstance(held, bytes) else held.encode()))
    with pytest.raises(BadInput, match=said):
        list(files.lines(path, StreetRows.columns))


@pytest.mark.parametrize("number", ["-1", "1.5", "", "9" * 5000, "٣", "1e3", "100001"])
def test_a_count_that_is_no_count_is_rejected_and_shown_short(owner, folder, number):
    lines = [list(line) for line in invented.recorded()]
    lines[3][-1] = number
    invented.write_csv(folder / RECORDED_FILE, invented.RECORDED, lines)
    told = runs.load_crime(owner, folder, today=TODAY)[-1]
    (fault,) = told.faults
    assert (fault.line, fault.column, fault.value) == (5, "crime_count", number[:LONGEST])


@pytest.mark.parametrize("held", ["{}", '{"features": null}', "[" * 100_000, '{"features": 3}'])
def test_boundaries_that_are_none_are_refused(owner, folder, held):
    (folder / "ward.geojson").write_text(held)
    with pytest.raises(BadInput, match=r"ward\.geojson is not a GeoJSON collection"):
        runs.load_crime(owner, folder, today=TODAY)


def test_features_that_are_none_are_listed(owner, folder):
    path = folder / "ward.geojson"
    held = json.loads(path.read_text())
    held["features"] += [7, {"properties": "?"}, None]
    path.write_text(json.dumps(held))
    told = {one.name: one for one in runs.load_crime(owner, folder, today=TODAY)}
    assert told["ward.geojson"].rejected == 3


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_a_load_that_is_stopped_leaves_nothing_behind(owner, folder, tmp_path, stop):
    before = tables(owner)

    def stopped(name: str, lines: int) -> None:
        raise stop

    many = [invented.street_line(Crime_ID=str(n)) for n in range(50_001)]
    street = invented.write_street(tmp_path / "street.csv", many)
    with pytest.raises(stop):
        runs.load_crime(owner, folder, stopped, street_files=[street], today=TODAY)
    assert tables(owner) == before


def test_a_file_that_vanishes_while_it_is_read_leaves_nothing_behind(owner, tmp_path, monkeypatch):
    before = tables(owner)
    street = invented.write_street(tmp_path / "street.csv")
    fingerprint = files.sha256

    def vanishing(path: Path) -> str:
        found = fingerprint(path)
        path.unlink()
        return found

    monkeypatch.setattr(files, "sha256", vanishing)
    with pytest.raises(BadInput, match=r"street\.csv cannot be read: No such file"):
        runs.load_crime(owner, None, street_files=[street], today=TODAY)
    assert tables(owner) == before
