"""The first thing that runs, on whatever Python there is: `make` calls it with a task's name.

This file alone must be readable by an old Python, so that it can say that it is too old.
"""

import os
import signal
import sys

OLDEST = (3, 11)


def main(arguments):
    """Run the task that `arguments` name, or end with one sentence that says why not."""
    if tuple(sys.version_info[:2]) < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:2])
        return end(
            f"Locality needs Python 3.11 or newer; this is {found}. Install a newer one, "
            f"or say where it is: make {' '.join(arguments)} PYTHON=/path/to/python3"
        )
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda number, frame: sys.exit(128 + number))
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(__file__)), "src"))
    from scripts import tasks

    return tasks.run(arguments[0], arguments[1:])


def end(sentence):
    """Say `sentence` and give the status of a task that did not work."""
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(end("\nStopped."))
