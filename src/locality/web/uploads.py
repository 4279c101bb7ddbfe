"""Files that a form brings along: in memory and only so large, and only where a page asks for one.

No page does yet. One that will says so with `takes_files` on its view and gives its form a
`ui.uploads.HandedOver`, which has the file judged. Everywhere else a form with a file is refused as
it arrives, before any of it is kept.
"""

from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

from locality.kit.uploads import LARGEST

BESIDE = 1 << 20  # bytes of everything that is not the file


class InMemory(MemoryFileUploadHandler):
    """Take what is small enough into memory; write nothing to the disk."""

    activated = True

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Refuse what says itself that it is too big."""
        if content_length > LARGEST + BESIDE:
            raise RequestDataTooBig("more than any file that is taken")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a file that no page asked for."""
        match = getattr(self.request, "resolver_match", None)
        if not getattr(getattr(match, "func", None), "takes_files", False):
            raise BadRequest("no file was asked for here")
        super().new_file(*args, **kwargs)
