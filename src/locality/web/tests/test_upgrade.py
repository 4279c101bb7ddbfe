"""An older version's database is moved whole, or is as it was; and it goes on where it was."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import NotHere, Refused
from locality.web.running import cluster as clusters
from locality.web.running.backup.comparing import differences, said
from locality.web.running.backup.words import Said
from locality.web.running.cluster import VERSION, Cluster
from locality.web.running.embedded import running, server
from locality.web.running.locks import Users
from locality.web.running.upgrading import moving
from locality.web.running.upgrading.judging import Told, told, wrong
from locality.web.running.upgrading.moving import require_room, take_back, upgrade
from locality.web.running.upgrading.old import version
from tests.backing_up.source import NAME
from tests.upgrading import older

KILLED_AT = ("reading the old database", "moving it", "comparing")


@pytest.fixture(scope="module")
def lived() -> Iterator[tuple[Cluster, dict[str, Any]]]:
    """An older database with people and a trail in it, and who they are. Copied by each test."""
    with TemporaryDirectory(prefix="lo", dir="/tmp") as folder:
        old = older.make(Path(folder))
        yield old, older.live(old)


@pytest.fixture
def old(lived: tuple[Cluster, dict[str, Any]], settings: Any) -> Iterator[Cluster]:
    """A copy of it, whose keys and witnesses are this process's."""
    source, _ = lived
    with TemporaryDirectory(prefix="lo", dir="/tmp") as folder:
        home = Path(folder).resolve() / "v"
        subprocess.run(["cp", "-a", str(source.home), str(home)], check=True)
        shutil.rmtree(home / "socket", ignore_errors=True)
        settings.AUDIT, settings.SECRET_KEY = home / "audit", (home / "secret").read_text()
        settings.WITNESSES = {one: home / "witnesses" / one for one in ("council", "police")}
        yield Cluster(home, source.programs)


def _refused(code: str, act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == code, refused.value
    return refused.value


def test_it_is_moved_whole_and_goes_on_where_it_was(old: Cluster, lived: Any):
    with running(old):
        before = told(old.uri(NAME))
    was = version(old)
    done = older.command(old.home, "database", "upgrade", "--old-binaries", str(old.programs))
    assert done.returncode == 0, done.stderr
    (kept,) = clusters.set_aside(old)
    assert str(kept) in done.stdout and kept.name == f"postgres.{was}"

    with server(old.home):
        after = told(old.uri(NAME))
        assert list(differences(before.said, before.said, after.said)) == []
        assert after.said.size == lived[1]["size"] and after.said.root
        assert after.next_transaction >= before.next_transaction
        assert before.last_look == after.last_look == "committed"
        with psycopg.connect(old.uri()) as admin:
            assert admin.execute("SHOW data_checksums").fetchone() == ("on",)
            rules = admin.execute("SELECT auth_method FROM pg_hba_file_rules").fetchall()
            assert set(rules) == {("peer",)}
    assert {one.stat().st_mode & 0o777 for one in (old.files, kept)} == {0o700}
    assert [older.command(old.home, one).returncode for one in ("migrate", "check")] == [0, 0]
    with server(old.home):
        on = older.ask(older.GOES_ON, old.home, {}, lived[1]["who"])
    assert on["found"] == [] and on["size"] > lived[1]["size"]


def test_what_needs_the_database_names_the_command(old: Cluster):
    found = older.command(old.home, "check")
    assert found.returncode == 3 and "locality database upgrade --old-binaries" in found.stderr


def _as_it_was(old: Cluster, before: Said) -> bool:
    """Whether the old database starts, holds what it held, and nothing half-made is beside it."""
    with running(old):
        same = said(old.uri(NAME)) == before
    return same and not (old.home / moving.NEW).exists() and not clusters.set_aside(old)


@pytest.fixture
def before(old: Cluster) -> Said:
    with running(old):
        return said(old.uri(NAME))


def test_whenever_it_is_killed_the_old_database_still_starts(old: Cluster, before: Said):
    for step in KILLED_AT:
        with older.upgrading(old) as going:
            assert f"{step}\n".encode() in iter(going.stdout.readline, b"")
            going.kill()
        take_back(old)
        assert _as_it_was(old, before), step
    _refused("web.upgrade_none", lambda: take_back(old))


def test_one_that_is_cut_short_can_be_run_again(old: Cluster, before: Said):
    def stop(step: str) -> None:
        if step == "putting the new files in place":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade(old, NAME, old.programs, reach=stop)
    assert _as_it_was(old, before)
    # As if the machine had stopped between the last two renames.
    old.files.rename(old.home / f"postgres.{version(old)}")
    (old.home / moving.NEW).mkdir()
    with pytest.raises(Refused, match="--take-back"), server(old.home):
        pass
    assert not old.files.exists(), "an empty database was made in its place"
    assert upgrade(old, NAME, old.programs).said == before


def test_what_is_not_the_same_afterwards_is_not_put_in_place(old: Cluster, before: Said):
    def lose_a_row(step: str) -> None:
        if step == "comparing":
            new = Cluster(old.home / moving.NEW)
            with server(new.home), psycopg.connect(new.uri(NAME)) as admin:
                admin.execute("SET session_replication_role = replica")
                admin.execute("DELETE FROM sharing_party WHERE id = (SELECT min(id::text)::uuid"
                              " FROM sharing_party)")  # fmt: skip

    found = _refused(
        "web.upgrade_differs", lambda: upgrade(old, NAME, old.programs, reach=lose_a_row)
    )
    assert "sharing_party" in str(found)
    assert _as_it_was(old, before)


def test_what_postgresql_cannot_move_stays_with_what_it_said(old: Cluster):
    with running(old), psycopg.connect(old.uri(NAME)) as admin:
        admin.execute("CREATE TABLE odd (which regproc)")  # a kind that no upgrade moves
    with running(old):
        before = said(old.uri(NAME))
    found = _refused("web.upgrade_failed", lambda: upgrade(old, NAME, old.programs))
    assert "public.odd.which" in (old.home / "postgres.upgrade.log").read_text()
    assert "reg* data types" in str(found) and "postgres.upgrade.log" in str(found)
    assert _as_it_was(old, before)


def test_nothing_begins_while_it_is_used_or_without_room(old: Cluster, monkeypatch: Any):
    def now() -> object:
        return upgrade(old, NAME, old.programs)

    with running(old):
        assert "locality serve" in str(_refused("web.database_in_use", now))
    with Users(old.home / "postgres.users"):
        _refused("web.database_in_use", now)
    kept = old.home / f"postgres.{version(old)}"
    kept.mkdir()
    _refused("web.upgrade_kept", now)
    kept.rmdir()
    monkeypatch.setattr(moving, "ROOM", 10**18)
    _refused("web.upgrade_no_room", now)
    assert not (old.home / moving.NEW).exists()


tolds = st.builds(
    Told, st.none(), st.integers(0, 3), st.sampled_from([None, "committed", "aborted"]),
    st.frozensets(st.sampled_from("abc")),
)  # fmt: skip


@given(tolds, tolds)
def test_transactions_go_on_being_counted_and_nothing_new_is_open(before: Told, after: Told):
    found = list(wrong(before, after))
    assert any("counted" in one for one in found) == (
        after.next_transaction < before.next_transaction
    )
    assert any("look" in one for one in found) == (before.last_look not in (None, after.last_look))
    assert {"a", "b", "c"}.intersection(found) == after.lint - before.lint


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_room_is_asked_for_before_it_is_needed(need: int, free: int):
    if need <= free:
        require_room(need, free)
    else:
        _refused("web.upgrade_no_room", lambda: require_room(need, free))


def test_programs_that_do_not_fit_are_named(old: Cluster, tmp_path: Path):
    ours = Path(clusters.program("postgres")).parent
    for folder, says in (
        (None, "LOCALITY_OLD_BINARIES"),
        (tmp_path, "no program postgres"),
        (ours, f"has PostgreSQL {VERSION} and the database is of PostgreSQL {version(old)}"),
    ):
        found = _refused("web.old_binaries", lambda folder=folder: upgrade(old, NAME, folder))
        assert says in str(found)


@pytest.mark.parametrize(
    ("written", "code"),
    [(VERSION, "web.upgrade_done"), ("14", "web.upgrade_from"), ("99", "web.upgrade_from"),
     ("odd", "web.upgrade_from")],
)  # fmt: skip
def test_only_an_older_version_that_we_know_is_moved(tmp_path: Path, written: str, code: str):
    there = Cluster(tmp_path)
    with pytest.raises(NotHere):
        upgrade(there, NAME, None)
    there.files.mkdir()
    (there.files / "PG_VERSION").write_text(f"{written}\n")
    _refused(code, lambda: upgrade(there, NAME, None))
