"""Keep a signed report whole, and bring it back as it was."""

from typing import Any

from pydantic import TypeAdapter

from locality.impact.words import BoardReport

_schema = TypeAdapter(BoardReport)


def kept(report: BoardReport) -> dict[str, Any]:
    """Turn a report into plain data that a database keeps."""
    plain: dict[str, Any] = _schema.dump_python(report, mode="json")
    return plain


def restored(plain: dict[str, Any]) -> BoardReport:
    """Turn kept data back into the report it was."""
    return _schema.validate_python(plain)
