"""The same seed gives the same area, byte by byte."""

import os
import subprocess
import sys

import pytest

from locality.demo import runs
from locality.demo.tests.areas import TODAY, plan
from locality.demo.words.area import Size
from locality.kit.errors import BadInput

PRINT = f"""
from datetime import date
from locality.demo import runs
from locality.demo.words.area import Size
print(runs.fingerprint(runs.Plan(Size.TINY, 1, date.fromisoformat("{TODAY}"))))
"""


def dump(batch):
    return {name: list(table.rows()) for name, table in batch.tables().items()}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    once = runs.fingerprint(plan(1))
    assert once == runs.fingerprint(plan(1))
    assert once != runs.fingerprint(plan(2))


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    found = subprocess.run(
        [sys.executable, "-c", PRINT], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": "4242", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert found.stdout.strip() == runs.fingerprint(plan(1))


def test_a_larger_area_begins_with_the_smaller_one():
    borough = runs.batches(plan(size=Size.BOROUGH))
    for ours, theirs in zip(runs.batches(plan(size=Size.TINY)), borough, strict=False):
        assert dump(ours) == dump(theirs)


def test_neighbourhoods_may_be_made_in_any_order():
    last, first = runs.batch(plan(), 3), runs.batch(plan(), 2)
    again = runs.batch(plan(), 2), runs.batch(plan(), 3)
    assert (dump(first), dump(last)) == (dump(again[0]), dump(again[1]))


def test_no_id_is_given_twice():
    seen = [
        row[0]
        for number in range(3)
        for table in runs.batch(plan(), number).tables().values()
        if table.names[0] == "id"
        for row in table.rows()
    ]
    assert len(seen) == len(set(seen))


def test_the_written_area_keeps_the_truth_apart(tmp_path):
    counts = runs.write_csv(plan(), tmp_path)
    assert counts["residents"] == Size.TINY.residents
    truth = {file.name for file in (tmp_path / "truth").iterdir()}
    assert truth == {"truth.csv", "residents.csv", "households.csv"}
    written = (tmp_path / "records.csv").read_text("utf-8")
    first = (tmp_path / "truth" / "residents.csv").read_text("utf-8").splitlines()[1]
    assert first.split(",")[0] not in written
    assert len(written.splitlines()) == counts["records"] + 1


def test_the_written_area_is_the_same_twice(tmp_path):
    runs.write_csv(plan(), tmp_path / "one")
    runs.write_csv(plan(), tmp_path / "two")
    for file in (tmp_path / "one").rglob("*.csv"):
        other = tmp_path / "two" / file.relative_to(tmp_path / "one")
        assert file.read_bytes() == other.read_bytes()


def test_a_seed_below_nought_is_not_accepted():
    with pytest.raises(BadInput):
        next(runs.batches(plan(-1)))
