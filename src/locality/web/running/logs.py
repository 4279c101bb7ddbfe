"""What the site and the worker write to their log: what is named here, and nothing that was typed.

An error's own message may hold what somebody typed, and so may an address's query: of an error the
log says its kind and where it happened, of a request its page's name. What Python itself would
print (warnings, and what a thread or a destructor raises) goes the same way.
"""

import json
import logging
import os
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

OURS = str(Path(__file__).resolve().parents[2])
TASK = re.compile(r"[a-z_]+(\.[a-z_]+)+")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
log = logging.getLogger(__name__)


class Allowed(logging.Formatter):
    """One line of JSON for each record, with the keys that are allowed and no others."""

    def format(self, record: logging.LogRecord) -> str:
        """Say when, who, how bad; which page, job or error, if there is one."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "from": record.name, "process": os.getpid(),
        }  # fmt: skip
        return json.dumps(said | _request(record) | _job(record) | _error(record))


def begin() -> None:
    """Write so to standard error, whatever a framework has set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Allowed())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    for logger in map(logging.getLogger, list(logging.root.manager.loggerDict)):
        logger.handlers[:] = []
        logger.propagate = True
    logging.raiseExceptions = False  # or a line that cannot be written is printed, words and all
    logging.captureWarnings(True)
    sys.excepthook = _nobody_caught
    threading.excepthook = lambda told: _nobody_caught(*told[:3])
    sys.unraisablehook = lambda told: _nobody_caught(*told[:3])


def _nobody_caught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.error("nobody caught this", exc_info=(kind, error or kind(), trace))


def _request(record: logging.LogRecord) -> dict[str, Any]:
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    match = getattr(request, "resolver_match", None)
    method = getattr(request, "method", None)  # anybody may make one up
    found = {"status": status if isinstance(status, int) else None,
             "method": method if method in METHODS else None,
             "page": getattr(match, "view_name", None)}  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _job(record: logging.LogRecord) -> dict[str, Any]:
    job = getattr(record, "job", None)
    if not isinstance(job, dict):
        return {}
    task, number = job.get("task_name"), job.get("id")
    return {"task": task if isinstance(task, str) and TASK.fullmatch(task) else None,
            "job": number if isinstance(number, int) else None}  # fmt: skip


def _error(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)
    ours = [one for one in frames if one.filename.startswith(OURS)] or frames
    where = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in ours[-3:]]
    return {"error": f"{kind.__module__}.{kind.__qualname__}", "where": where}
