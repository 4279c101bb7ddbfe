"""A form's field that takes a file, once it has been judged."""

from collections.abc import Set
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from locality.kit.errors import BadInput
from locality.kit.uploads import LARGEST, Kind, judge
from locality.ui.language import shown


class HandedOver(forms.FileField):
    """A file of one of these kinds; what it gives is its bytes. Its name is never used to open."""

    def __init__(self, *, takes: Set[Kind], **kwargs: Any) -> None:
        self.takes = takes
        super().__init__(**kwargs)

    def clean(self, data: UploadedFile | None, initial: Any = None) -> bytes | None:
        """Read and judge it; what is wrong with it is said beside the field."""
        given = super().clean(data, initial)
        if not given:
            return None
        content = given.read(LARGEST + 1)
        try:
            judge(given.name, content, takes=self.takes)
        except BadInput as wrong:
            raise ValidationError(shown(wrong.args[0]), code="file") from None
        return content
