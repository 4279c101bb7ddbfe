"""The embedded database lets in nobody but the account it runs for.

As it is found after its first start: how it asks who somebody is, whether it listens to the
network, who may open its folders; and what another account of the same machine is told, were its
folders open.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from locality.web.running import cluster as clusters
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import server
from proofs import Row, required

RULES = "SELECT type, auth_method FROM pg_hba_file_rules"
NOBODY = {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": "/"}


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Start one, look at it, and try to get in."""
    required(os.geteuid() == 0, "only root can try to get in as somebody else: run this as root")
    with TemporaryDirectory(prefix="lp", dir="/tmp") as folder:
        made = Cluster((Path(folder) / "var").resolve())
        with server(made.home) as uri:
            with psycopg.connect(uri) as connection:
                rules = set(connection.execute(RULES).fetchall())
                listens = connection.execute("SHOW listen_addresses").fetchone()
            required(rules == {("local", "peer")}, f"it lets in by {rules}")
            required(listens == ("",), f"it listens to {listens}")
            modes = {f"{one.stat().st_mode & 0o777:o}" for one in (made.files, made.socket)}
            required(modes == {"700"}, f"its folders are {modes}")
            said = _as_nobody(made)
    yield Row("Lines that trust whoever asks", "0", "0", "the only line: local, by account (peer)")
    yield Row(
        "Its files and its socket's folder", "0700", "0700", "no network address is listened to"
    )
    yield Row("Another account, its folders opened", "refused", "refused", said)


def _as_nobody(made: Cluster) -> str:
    """Try as the account nobody, with every folder on the way open."""
    for one in (made.home, made.socket):
        one.chmod(0o755)
    made.home.parent.chmod(0o755)
    (made.socket / clusters.SOCKET_NAME).chmod(0o777)
    ask = [clusters.program("psql"), made.uri(), "-c", "SELECT 1"]
    asked = subprocess.run(ask, capture_output=True, text=True, check=False, **NOBODY)
    made.socket.chmod(0o700)
    required(asked.returncode != 0, "the account nobody got in")
    required("authentication failed" in asked.stderr, f"it could not even ask: {asked.stderr}")
    return asked.stderr.strip().splitlines()[-1].partition("FATAL:")[2].strip()
