"""Run a command against a throwaway PostgreSQL of another version: `other_server 15 make test`.

The server is this machine's own (Debian's packages put it in /usr/lib/postgresql), listens on a
socket in a folder nobody else may enter, and is gone afterwards. Locality asks for 15 or newer.
"""

import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from locality.web.running.progress import doing
from scripts.chromium import apt_install
from scripts.trouble import Trouble

PROGRAMS = "/usr/lib/postgresql/{version}/bin"
# Policies look dear to the planner: compiling each question would take longer than answering it.
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "jit": "off"}


def main(version: str, *command: str) -> int:
    """Run `command` with LOCALITY_DATABASE_URL naming the server's administrator."""
    with throwaway(version) as uri:
        there = os.environ | {"LOCALITY_DATABASE_URL": uri}
        return subprocess.run(command, env=there, check=False).returncode


@contextmanager
def throwaway(version: str) -> Iterator[str]:
    """Lend a new server of that version; its administrator's address is given."""
    where = programs(version)
    home = Path(tempfile.mkdtemp(prefix="locality-pg"))
    try:
        who = _account()
        os.chown(home, who.pw_uid, who.pw_gid)
        with doing(f"Starting PostgreSQL {version}"):
            _run(where / "initdb", "-D", home / "data", "-U", "postgres", "--auth=trust",
                 "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
            settings = SETTINGS | {"unix_socket_directories": str(home)}
            options = [part for pair in settings.items() for part in ("-c", "=".join(pair))]
            _run(where / "pg_ctl", "start", "-w", "-D", home / "data", "-l", home / "log",
                 "-o", shlex.join(options))  # fmt: skip
        yield f"postgresql://postgres@/postgres?host={home}"
        _run(where / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", home / "data")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def programs(version: str) -> Path:
    """The folder of that version's programs, installed if need be."""
    here = Path(PROGRAMS.format(version=version))
    if not (here / "initdb").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        with doing(f"Installing PostgreSQL {version}"):
            apt_install(f"postgresql-{version}")
    if not (here / "initdb").exists():
        raise Trouble(f"PostgreSQL {version} is not in {here}: install postgresql-{version}.")
    return here


def _account() -> pwd.struct_passwd:
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _run(*command: object) -> None:
    who = _account()
    as_whom = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **(as_whom if os.geteuid() == 0 else {}),
    )
    if done.returncode:
        raise Trouble(f"{Path(str(command[0])).name} failed: {done.stderr.strip()}")


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
