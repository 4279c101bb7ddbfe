"""A database of Locality made by an older PostgreSQL, with a trail in it, and what became of it."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from locality.sharing.roles import LOGIN, OWNER, Passwords, prepare
from locality.web.running import cluster as clusters
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import running
from scripts import other_server
from tests.backing_up.source import NAME

# Signs people in, lets them look and change, and seals what they did, but for the last of it.
LIVED = """
import dataclasses, json, sys, django
django.setup()
from django.core.management import call_command
from tests.tampering import trail
from tests.world import build
call_command("migrate", verbosity=0)
world = build("old")
trail.work(world)
size = trail.seal_all()
trail.work(world)
who = {name: dataclasses.astuple(by) for name, by in world.actors.items()}
json.dump({"size": size, "who": who}, sys.stdout, default=str)
"""
# The same people go on where they were, and everything is audited.
GOES_ON = """
import json, sys, django
from uuid import UUID
django.setup()
from locality.sharing.acting import Actor
from locality.sharing.sealing import auditing
from tests.tampering import trail
from tests.world import World
who = json.load(sys.stdin)
world = World("old", actors={name: Actor(UUID(post), UUID(person), *rest)
                             for name, (post, person, *rest) in who.items()})
trail.work(world)
size = trail.seal_all()
json.dump({"size": size, "found": [str(one) for one in auditing.fsck().found]}, sys.stdout)
"""

UPGRADES = """
import sys, django
from pathlib import Path
django.setup()
from locality.web.running.cluster import Cluster
from locality.web.running.upgrading.moving import upgrade
say = lambda step: print(step, flush=True)
upgrade(Cluster(Path(sys.argv[1])), "locality", Path(sys.argv[2]), reach=say)
"""


def programs() -> Path:
    """The newest older version at hand: of the tests' own package, else of this machine."""
    spec = importlib.util.find_spec("pgserver")  # there is none for Python 3.13 and newer
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    return other_server.programs("15")


def make(home: Path) -> Cluster:
    """Make an older server's empty files below a folder."""
    home.chmod(0o711)
    old = Cluster(home.resolve(), programs())
    old.files.mkdir(mode=0o700)
    made = clusters.account(Cluster(old.home / "none"))
    os.chown(old.files, made.pw_uid, made.pw_gid)
    clusters.prepare_folders(old, lambda _: None)
    options = ["-U", "postgres", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8"]
    laid = clusters.run(old, old.program("initdb"), "-D", str(old.files), *options)
    assert laid.returncode == 0, laid.stderr
    return old


def live(old: Cluster) -> dict[str, Any]:
    """Fill it: every table, a small world, and a trail sealed in part; give who is in it."""
    with running(old) as administrator:
        prepare(administrator, database=NAME, passwords=Passwords())
        return ask(LIVED, old.home, addresses(old))


def upgrading(old: Cluster) -> subprocess.Popen[bytes]:
    """Begin to upgrade it, in a process of its own that says each step."""
    return subprocess.Popen(
        [sys.executable, "-c", UPGRADES, str(old.home), str(old.programs)],
        stdout=subprocess.PIPE, env=environment(old.home),
    )  # fmt: skip


def addresses(old: Cluster) -> dict[str, str]:
    """Where Locality finds it while its own server runs."""
    return {
        "LOCALITY_DATABASE_URL": old.uri(NAME, LOGIN), "LOCALITY_OWNER_URL": old.uri(NAME, OWNER),
    }  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """A process that has `home` for its files, and only that."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("LOCALITY_")}
    return inherited | {
        "LOCALITY_VAR": str(home), "DJANGO_SETTINGS_MODULE": "locality.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip


def ask(program: str, home: Path, more: dict[str, str], given: object = None) -> dict[str, Any]:
    """Run a program that works with the database, and give what it says."""
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(home) | more, text=True,
        input=json.dumps(given), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def command(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the `locality` command on the database below a folder."""
    program = "import sys; from locality.cli import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment(home) | more, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
