"""Backups: encrypted, checked byte by byte, restored whole, to a moment, or not at all."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import Refused
from locality.web.running.backup.comparing import differences
from locality.web.running.backup.drilling import drill
from locality.web.running.backup.manifest import faults
from locality.web.running.backup.restoring import restore
from locality.web.running.backup.taking import take
from locality.web.running.backup.words import Said, Source, named, read_name, stamp
from tests.backing_up.source import KEY, LOG, finish_log, new_key, read, told, whole_database, write

CODES = {"web.backup_not_opened", "web.backup_damaged"}
moments = st.integers(0, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


@pytest.fixture(scope="module")
def aside() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with TemporaryDirectory(prefix="lb", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def source(aside: Path) -> Iterator[Source]:
    with whole_database(aside) as found:
        yield found


@pytest.fixture
def to(source: Source) -> list[str]:
    return [os.environ["LOCALITY_BACKUP_TO"]]


@pytest.fixture
def folder(aside: Path) -> Iterator[Path]:
    """A folder for one test's backups and what it restores."""
    made = aside / "t"
    made.mkdir(mode=0o711)
    yield made
    shutil.rmtree(made)


def test_what_is_restored_is_what_was_backed_up(
    source: Source, aside: Path, folder: Path, to: list[str]
):
    write(source, datetime.now(UTC))
    copy, before, after = take(source, folder / "b", to=to, now=datetime.now(UTC))
    assert before == after and sum(before.rows.values()) > 0
    assert b"moments" not in copy.file.read_bytes()
    restore(copy.file, folder / "var", key=aside / KEY)
    assert list(differences(before, after, told(folder / "var"))) == []
    with pytest.raises(Refused) as refused:
        restore(copy.file, folder / "var", key=aside / KEY)
    assert refused.value.code == "web.restore_there"


def test_a_wrong_key_or_a_wrong_byte_leaves_nothing_behind(
    source: Source, aside: Path, folder: Path, to: list[str]
):
    copy, *_ = take(source, folder / "b", to=to, now=datetime.now(UTC))
    (folder / "other").mkdir()
    new_key(folder / "other")
    bytes_ = bytearray(copy.file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    damaged = named(folder / "b", "20010101T000000Z", None).file
    damaged.write_bytes(bytes_)
    for file, key in ((copy.file, folder / "other" / KEY), (damaged, aside / KEY)):
        with pytest.raises(Refused) as refused:
            restore(file, folder / "var", key=key)
        assert refused.value.code in CODES
        assert not (folder / "var" / "postgres").exists()
        assert not (folder / "var" / "postgres.restored").exists()


def test_a_backup_that_is_cut_short_is_none(source: Source, folder: Path, to: list[str]):
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(source, folder / "b", to=to, now=datetime.now(UTC), reach=stop)
    assert list((folder / "b").iterdir()) == []


def test_an_incremental_one_goes_on_from_the_newest(
    source: Source, aside: Path, folder: Path, to: list[str]
):
    now = datetime.now(UTC)
    with pytest.raises(Refused) as refused:
        take(source, folder / "b", to=to, now=now, incremental=True)
    assert refused.value.code == "web.backup_no_full"
    full, *_ = take(source, folder / "b", to=to, now=now)
    write(source, datetime.now(UTC))
    later, _, after = take(
        source, folder / "b", to=to, now=now + timedelta(minutes=1), incremental=True
    )
    assert later.file.stat().st_size < full.file.stat().st_size / 2
    restore(later.file, folder / "var", key=aside / KEY)
    assert list(differences(after, after, told(folder / "var"))) == []
    full.file.rename(folder / "elsewhere.age")
    with pytest.raises(Refused) as refused:
        restore(later.file, folder / "var2", key=aside / KEY)
    assert refused.value.code == "web.backup_chain"


def test_a_moment_is_restored_to_the_second(
    source: Source, aside: Path, folder: Path, to: list[str]
):
    copy, *_ = take(source, folder / "b", to=to, now=datetime.now(UTC))
    written = []
    for _ in range(8):
        written.append(datetime.now(UTC))
        write(source, written[-1])
        time.sleep(0.2)
    goal = written[4] + timedelta(milliseconds=100)
    finish_log(source, aside / LOG)
    restore(copy.file, folder / "var", key=aside / KEY, at=goal, archive=aside / LOG)
    held = read(folder / "var")
    assert written[4] in held and written[5] not in held
    assert goal - max(held) < timedelta(seconds=1)


def test_a_drill_compares_and_notices(source: Source, folder: Path):
    found = drill(source, now=datetime.now(UTC))
    assert found.wrong == [] and found.size > 0
    assert not list(source.cluster.home.glob("locality-drill-*"))


@given(moments, st.one_of(st.none(), moments))
def test_names_of_backups_can_be_read_again(taken: datetime, after: datetime | None):
    made = named(Path("b"), stamp(taken), stamp(after) if after else None)
    assert read_name(made.file) == made


@given(st.text(max_size=30))
def test_other_files_are_no_backups(name: str):
    file = Path("b") / name.replace("/", "_").replace("\x00", "_") if name.strip(".") else Path("x")
    found = read_name(file)
    assert found is None or found.file == file


rows = st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=1)
SAME = Said({}, "guards", "log", 5, "root", "note")


@given(rows, rows, rows)
def test_a_count_that_never_was_is_noticed(before: dict, after: dict, restored: dict):
    ends = replace(SAME, rows=before), replace(SAME, rows=after)
    wrong = set(differences(*ends, replace(SAME, rows=restored)))
    for name in {*before, *after, *restored}:
        low, high = sorted((before.get(name, 0), after.get(name, 0)))
        outside = not low <= restored.get(name, 0) <= high
        assert outside == any(one.startswith(f"{name}:") for one in wrong)


@pytest.mark.parametrize("changed", [{"guards": "x"}, {"root": "x"}, {"size": 4}, {"size": 6}])
def test_other_guards_and_another_trail_are_noticed(changed: dict):
    assert list(differences(SAME, SAME, SAME)) == []
    assert list(differences(SAME, SAME, replace(SAME, **changed)))


def test_every_changed_byte_of_a_file_is_noticed(
    source: Source, aside: Path, folder: Path, to: list[str]
):
    from locality.web.running.backup.restoring import _unpack

    copy, *_ = take(source, folder / "b", to=to, now=datetime.now(UTC))
    keys = [pyrage.x25519.Identity.from_str((aside / KEY).read_text().splitlines()[1])]
    plain = folder / "plain"
    _unpack(copy.file, plain, keys, lambda _: None)
    assert list(faults(plain)) == []
    one = next(file for file in sorted((plain / "base").rglob("*")) if file.stat().st_size > 8192)
    was = one.read_bytes()
    for wrong in (was[:-1], was[:100] + bytes([was[100] ^ 1]) + was[101:]):
        one.write_bytes(wrong)
        assert any(str(one.relative_to(plain)) in fault for fault in faults(plain))
    one.unlink()
    assert any("missing" in fault for fault in faults(plain))
    one.write_bytes(was)
    (plain / "base" / "intruder").write_text("x")
    assert any("intruder" in fault for fault in faults(plain))
    (plain / "base" / "intruder").unlink()
    manifest = plain / "backup_manifest"
    manifest.write_bytes(manifest.read_bytes().replace(b'"Size": ', b'"Size":  ', 1))
    assert any("backup_manifest" in fault for fault in faults(plain))
