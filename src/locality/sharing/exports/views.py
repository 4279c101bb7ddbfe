"""The one page that every file with somebody in it leaves by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from locality.sharing.exports.forms import LeavingForm
from locality.sharing.exports.services import hand_out, require
from locality.sharing.words import FileFormat
from locality.ui.pages import page

if TYPE_CHECKING:
    from django.db.models import Model

TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
    FileFormat.JSON: "application/json",
}
LOCKED = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody asks for: its name without ending, how it is made, and what it is of."""

    format: FileFormat
    name: str
    make: Callable[[], bytes]
    rows: int = 1
    of: "Model | None" = None


def take_out(request: HttpRequest, file: File, *, cancel: str) -> HttpResponse:
    """Ask why a file leaves and for whom; then write that down and hand it out."""
    require(file.format, file.rows)
    form = LeavingForm(request.POST if request.method == "POST" else None)
    name = f"{file.name}.{file.format}"
    if not form.is_valid():
        rows = file.rows if file.format == FileFormat.CSV else 0
        return page(
            request, "sharing/exports/leaving.html", form=form, name=name, rows=rows, cancel=cancel
        )
    leaving = form.leaving()
    content = hand_out(
        by=request.actor, file_format=file.format, content=file.make(), rows=file.rows,
        leaving=leaving, of=file.of,
    )  # fmt: skip
    kind, ending = (LOCKED, ".age") if leaving.passphrase else (TYPES[file.format], "")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response.leaves_by_page = True
    return response
