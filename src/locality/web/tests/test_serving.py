"""The site, its worker and its database come and go together, whatever happens to one of them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import psutil
import pytest

from locality.kit.errors import Refused
from locality.web.running import commands, database, demo_area
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import processes, server
from locality.web.running.serving import require_free

LOCALITY = [sys.executable, "-c", "from locality.cli import main; main(prog_name='locality')"]


@pytest.fixture(scope="module")
def home(new_home):
    """A place of its own for `locality`, with the tables made."""
    home = new_home()
    locality(home, "migrate")
    return home


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home, **more):
    ours = {name: value for name, value in os.environ.items() if "LOCALITY" not in name}
    return ours | {"LOCALITY_VAR": str(home), "PYTHONPATH": os.pathsep.join(sys.path)} | more


def locality(home, *arguments, **more):
    return subprocess.run(
        [*LOCALITY, *arguments], env=environment(home, **more), capture_output=True, text=True
    )


@pytest.fixture
def served(home, port):
    """A site somebody serves at a terminal; nothing of it may be left after the test."""
    serving = subprocess.Popen(
        [*LOCALITY, "serve", "--port", str(port), "--workers", "1"],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )
    with serving:
        for line in serving.stdout:
            if "ready" in line:
                break
        yield serving
        serving.send_signal(signal.SIGINT)
    assert processes(Cluster(home)) == []


def children(serving):
    """The living site and worker, by what they run."""
    found = {}
    for child in psutil.Process(serving.pid).children():
        with suppress(psutil.Error, IndexError):  # one that has just died has no command line
            found[child.cmdline()[2].rpartition(".")[2]] = child
    return found


def answers(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status == 200


def soon(question):
    until = time.monotonic() + 20
    while not question():
        assert time.monotonic() < until
        time.sleep(0.05)
    return True


def test_stopping_it_stops_all_it_started(served, home, port):
    assert answers(port)
    both = children(served)
    assert set(both) == {"site", "worker"}
    served.send_signal(signal.SIGTERM)
    assert served.wait(30) == 128 + signal.SIGTERM
    assert not any(child.is_running() for child in both.values())
    assert processes(Cluster(home)) == []


def test_a_killed_one_takes_its_children_along_and_the_next_one_starts(served, home, port):
    both = children(served)
    served.kill()
    assert soon(lambda: not any(child.is_running() for child in both.values()))
    require_free("127.0.0.1", port)
    again = locality(home, "migrate")
    assert again.returncode == 0, again.stderr


def test_a_worker_that_dies_is_started_again(served):
    worker = children(served)["worker"]
    worker.kill()
    assert soon(lambda: children(served).get("worker", worker).pid != worker.pid)


def test_a_taken_port_is_one_sentence(home, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = locality(home, "serve", "--port", str(port))
    assert refused.returncode == 3
    assert "Something else is using port" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_login_with_too_much_power_is_one_sentence(home, port):
    with server(home):
        uri = Cluster(home).uri("locality")
        refused = locality(home, "serve", "--port", str(port), LOCALITY_DATABASE_URL=uri)
    assert refused.returncode == 3
    assert "is a superuser" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_check_says_what_room_is_left(home):
    plenty = locality(home, "check", LOCALITY_RESERVE_MB="64")
    assert plenty.returncode == 0 and "MB of the disk are free" in plenty.stdout
    low = locality(home, "check", LOCALITY_RESERVE_MB=str(10**9))
    assert low.returncode == 0 and "To be looked at: The disk is nearly full" in low.stdout


def test_a_database_that_is_away_is_one_sentence(home, port):
    nowhere = f"postgresql://nobody@/locality?host={home}/nowhere"
    refused = locality(home, "serve", "--port", str(port), LOCALITY_DATABASE_URL=nowhere)
    assert refused.returncode == 3
    assert refused.stderr.startswith("locality: The database cannot be reached")
    assert len(refused.stderr.splitlines()) == 1


def test_a_second_demo_in_the_same_folder_is_one_sentence(settings, tmp_path):
    settings.VAR = tmp_path
    with commands.alone(), pytest.raises(Refused, match="already running"), commands.alone():
        pass
    with commands.alone():  # and the folder is free again
        pass


class Holding:
    """A database that holds what it is told, to see what the demo area does with it."""

    def __init__(self, monkeypatch, holds, in_use=False):
        self.holds, self.made, self.cleared = holds, 0, 0
        monkeypatch.setattr(demo_area, "written", lambda: self.holds)
        monkeypatch.setattr(demo_area, "write", lambda text: setattr(self, "holds", text))
        monkeypatch.setattr(demo_area, "_is_in_use", lambda: in_use)
        for name in ("drop", "make", "migrate"):
            monkeypatch.setattr(database, name, self.clear)

    def clear(self, *_):
        self.cleared += 1

    def make(self, reach):
        assert self.holds == demo_area.BEGUN
        self.made += 1

    def ensure(self, **more):
        options = {"afresh": False, "administrator": "uri"} | more
        demo_area.ensure("the demo area, small, seed 1", self.make, **options)
        assert self.holds == "the demo area, small, seed 1"


def test_the_demo_area_is_made_once(monkeypatch):
    area = Holding(monkeypatch, "")
    area.ensure()
    area.ensure()
    assert (area.made, area.cleared) == (1, 0)


def test_a_database_in_use_gets_no_demo_area(monkeypatch):
    area = Holding(monkeypatch, "", in_use=True)
    with pytest.raises(Refused, match="needs an empty one"):
        area.ensure()
    assert area.made == 0


def test_half_a_demo_area_is_made_anew(monkeypatch):
    area = Holding(monkeypatch, demo_area.BEGUN)
    area.ensure()
    assert (area.made, area.cleared) == (1, 3)


def test_another_demo_area_is_replaced_only_when_asked(monkeypatch):
    area = Holding(monkeypatch, "the demo area, borough, seed 1")
    with pytest.raises(Refused, match="add --afresh"):
        area.ensure()
    area.ensure(afresh=True)
    assert (area.made, area.cleared) == (1, 3)


def test_a_server_of_your_own_is_never_dropped(monkeypatch):
    area = Holding(monkeypatch, demo_area.BEGUN)
    with pytest.raises(Refused, match="server is your own"):
        area.ensure(administrator=None)
    assert (area.made, area.cleared) == (0, 0)
