"""Show what we claim and write docs/evidence.md: `make prove`, or some of it: ARGS="context".

Each runs in a process and a database of its own. `--long` runs the full numbers, which takes
hours; `--seed` draws other cases.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from locality.web.running.embedded import server
from locality.web.running.progress import doing

HERE = Path(__file__).parent
SEED = 20_261_126


def names() -> list[str]:
    """Name every proof there is: the modules beside this one that can run."""
    found = (file for file in sorted(HERE.glob("*.py")) if "\ndef run(" in file.read_text())
    return [file.stem for file in found if file.stem != "one"]


@click.command()
@click.argument("wanted", nargs=-1)
@click.option("--long", is_flag=True, help="The full numbers.")
@click.option("--seed", default=SEED, show_default=True, help="Where the drawing begins.")
def main(wanted: tuple[str, ...], long: bool, seed: int) -> None:
    """Run the named proofs, or all. The status is 3 when one did not come out."""
    unknown = set(wanted) - set(names())
    if unknown:
        raise click.UsageError(f"There is no proof {min(unknown)}: choose of {', '.join(names())}.")
    failed = [name for name in wanted or names() if not _shown(name, long=long, seed=seed)]
    if failed:
        click.echo(f"Not shown: {', '.join(failed)}.")
        sys.exit(3)
    click.echo("All was shown: see docs/evidence.md.")


def _shown(name: str, *, long: bool, seed: int) -> bool:
    click.echo(f"Showing {name}")
    with tempfile.TemporaryDirectory(prefix="lp", dir="/tmp") as home:
        var = Path(home) / "var"
        environment = os.environ | {"LOCALITY_VAR": str(var)}
        with server(var) as uri, doing(f"Showing {name}"):
            command = [sys.executable, "-m", "proofs.one", name, str(seed), str(int(long)), uri]
            return subprocess.run(command, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    main()
