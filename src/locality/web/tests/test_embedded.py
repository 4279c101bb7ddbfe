"""The embedded database outlives its users' accidents, and lets nobody else in."""

import os
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from locality.web.running import cluster as clusters
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import answers, processes, server

HOLD = """
import sys, time
from pathlib import Path
from locality.web.running.embedded import server
with server(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(new_home):
    """A database's home, made once; each test finds its server stopped."""
    home = new_home()
    with server(home) as uri, psycopg.connect(uri) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    return Cluster(home)


def hold(cluster):
    """Let another process use the server until its input ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cluster.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert b"held\n" in iter(other.stdout.readline, b"")
    return other


def kept(uri):
    with psycopg.connect(uri) as connection:
        return connection.execute("SELECT one FROM kept").fetchone()


def test_what_was_written_is_there_after_a_stop(made):
    assert processes(made) == []
    with server(made.home) as uri:
        assert kept(uri) == (1,)
    assert not answers(made)


def test_the_last_user_stops_it_and_no_other(made):
    other = hold(made)
    with server(made.home) as uri:
        assert kept(uri) == (1,)
    assert answers(made)
    other.communicate()
    assert not answers(made)
    assert processes(made) == []


def test_a_killed_user_leaves_a_server_that_the_next_one_takes_over(made):
    other = hold(made)
    before = {process.pid for process in processes(made)}
    other.kill()
    other.communicate()
    with server(made.home) as uri:
        assert kept(uri) == (1,)
        assert before & {process.pid for process in processes(made)}
    assert processes(made) == []


def test_it_starts_again_after_its_own_death(made):
    other = hold(made)
    for process in processes(made):
        process.kill()
    with server(made.home) as uri:
        assert kept(uri) == (1,)
    other.communicate()


def test_a_process_number_used_again_is_not_taken_for_the_server(made):
    with server(made.home):
        lines = (made.files / "postmaster.pid").read_text().splitlines()
    (made.files / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with server(made.home) as uri:
        assert kept(uri) == (1,)


def test_two_starting_at_once_share_one_server(made):
    seen = []

    def use():
        with server(made.home) as uri, psycopg.connect(uri) as connection:
            seen.append(connection.execute("SELECT pg_postmaster_start_time()").fetchone())
            time.sleep(0.3)

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 3 and len(set(seen)) == 1


def test_a_half_made_database_is_made_again(empty_home):
    for half in ("postgres", "postgres.new"):
        (empty_home / half).mkdir()
        (empty_home / half / "half").write_text("written before the machine stopped")
    with server(empty_home) as uri, psycopg.connect(uri) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert sorted(path.name for path in empty_home.glob("postgres*.new")) == []


def test_a_database_of_another_version_is_left_alone(empty_home):
    (empty_home / "postgres").mkdir()
    (empty_home / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Exception, match="was made by PostgreSQL 9") as refused, server(empty_home):
        pass
    assert refused.value.code == "web.other_version"
    assert (empty_home / "postgres" / "PG_VERSION").exists()


def test_it_says_why_it_cannot_start(made, monkeypatch):
    monkeypatch.setitem(clusters.SETTINGS, "shared_buffers", "many")
    with pytest.raises(Exception, match="shared_buffers"), server(made.home):
        pass


def test_nothing_acknowledged_may_be_lost(made):
    with server(made.home) as uri, psycopg.connect(uri) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)


def test_its_folders_are_shut_and_every_rule_asks_who_you_are(made):
    with server(made.home) as uri, psycopg.connect(uri) as connection:
        rules = connection.execute("SELECT auth_method FROM pg_hba_file_rules").fetchall()
        assert set(rules) == {("peer",)}
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        for folder in (made.files, made.socket):
            assert folder.stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(empty_home):
    home = empty_home / ("a" * 90)
    cluster = Cluster(home)
    assert len(str(cluster.socket / clusters.SOCKET_NAME)) <= clusters.SOCKET_LIMIT
    with server(home) as uri, psycopg.connect(uri) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert cluster.socket.stat().st_mode & 0o777 == 0o700
    cluster.socket.rmdir()


if os.geteuid() == 0:  # only root can become somebody else
    NOBODY = {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": "/"}

    def test_another_account_is_not_let_in(made):
        ask = [clusters.program("psql"), made.uri(), "-c", "SELECT 1"]
        with server(made.home):
            made.socket.chmod(0o755)  # even were the folder open
            (made.socket / clusters.SOCKET_NAME).chmod(0o777)
            asked = subprocess.run(ask, capture_output=True, text=True, **NOBODY)
            made.socket.chmod(0o700)
        assert asked.returncode != 0
        assert "authentication failed" in asked.stderr
