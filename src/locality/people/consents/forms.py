"""What is asked of whoever heard somebody agree or refuse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing.consents.services import Said
from locality.sharing.words import AnsweredBy, Category, ConsentAnswer, ConsentKind
from locality.ui.fields import (
    ChoiceField,
    DateField,
    LongText,
    MultipleChoiceField,
    PlainText,
    keep_revealed,
)
from locality.ui.language import first_up_lazy

KINDS = {
    ConsentKind.CONFIDENTIALITY: gettext_lazy("That we share what they told us in confidence"),
    ConsentKind.SERVICE: gettext_lazy("That they get help which is up to them"),
    ConsentKind.DATA_PROTECTION: gettext_lazy(
        "That their information is used at all, on no other ground"
    ),
}
ANSWERS = {
    ConsentAnswer.AGREED: gettext_lazy("Yes, they agree"),
    ConsentAnswer.REFUSED: gettext_lazy("No, they do not agree"),
}
ANSWERED_BY = {
    AnsweredBy.THEMSELVES: gettext_lazy("The person themselves"),
    AnsweredBy.CHILD: gettext_lazy(
        "The person themselves, under 16, who understands what it means"
    ),
    AnsweredBy.PARENT: gettext_lazy("Somebody with parental responsibility"),
    AnsweredBy.ATTORNEY: gettext_lazy("An attorney or deputy for health and welfare"),
}


class SaidForm(forms.Form):
    """What somebody was asked, and said."""

    kind = ChoiceField(
        label=gettext_lazy("What were they asked?"), choices=list(KINDS.items()),
        hints={
            ConsentKind.CONFIDENTIALITY: gettext_lazy(
                "For example, that a nurse tells a housing officer about somebody’s health."
            ),
            ConsentKind.SERVICE: gettext_lazy("For example, mentoring, or Channel support."),
            ConsentKind.DATA_PROTECTION: gettext_lazy(
                "Public bodies rarely rest on this. Ask your information-governance lead first."
            ),
        },
    )  # fmt: skip
    answer = ChoiceField(
        label=gettext_lazy("What did they say?"), choices=list(ANSWERS.items()),
        reveals={ConsentAnswer.AGREED: ["categories", "receivers", "until"]},
    )  # fmt: skip
    categories = MultipleChoiceField(
        label=gettext_lazy("What may be shared?"), required=False,
        help_text=gettext_lazy("Only what they were told. Your post is cleared for these."),
    )  # fmt: skip
    receivers = MultipleChoiceField(label=gettext_lazy("With whom?"), required=False)
    until = DateField(
        label=gettext_lazy("Until when?"), required=False,
        help_text=gettext_lazy("The last day. No longer than the work with them needs."),
    )  # fmt: skip
    answered_by = ChoiceField(
        label=gettext_lazy("Who gave this answer?"), choices=list(ANSWERED_BY.items()),
        reveals={AnsweredBy.PARENT: ["who"], AnsweredBy.ATTORNEY: ["who"]},
        hints={
            AnsweredBy.THEMSELVES: gettext_lazy(
                "From 16 on, take it that somebody can decide unless there is reason to doubt it."
            ),
            AnsweredBy.ATTORNEY: gettext_lazy(
                "See the document. Nobody else can agree for an adult who cannot decide: what is "
                "shared then must rest on another ground."
            ),
        },
    )  # fmt: skip
    who = PlainText(
        label=gettext_lazy("Their name, and what they are to them"), required=False, max_length=200
    )
    words = LongText(
        label=gettext_lazy("What did you tell them, and what did they say?"), max_length=2000,
        help_text=gettext_lazy(
            "For example: who would see it, what for, that they can take it back at any time."
        ),
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Mapping[int, str], cleared: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].choices = [(str(one), name) for one, name in agencies.items()]
        self.fields["categories"].choices = [
            (str(int(one)), first_up_lazy(one.says)) for one in Category if cleared[one] >= 0
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what an answer needs to mean anything."""
        given = super().clean() or {}
        keep_revealed(self, "categories", "receivers")
        shares = given.get("kind") == ConsentKind.CONFIDENTIALITY
        if given.get("answer") == ConsentAnswer.AGREED and shares:
            for name, says in (
                ("categories", _("Choose what may be shared")),
                ("receivers", _("Choose with whom it may be shared")),
            ):
                if not given.get(name):
                    self.add_error(name, says)
        return given

    def said(self) -> Said:
        """The answer as the service takes it."""
        given = self.cleaned_data
        return Said(
            kind=ConsentKind(given["kind"]), answer=ConsentAnswer(given["answer"]),
            answered_by=AnsweredBy(given["answered_by"]), words=given["words"], who=given["who"],
            receivers=tuple(map(int, given["receivers"] or ())),
            categories=tuple(map(int, given["categories"] or ())), until=given["until"],
        )  # fmt: skip


class WithdrawForm(forms.Form):
    """How somebody took an answer back."""

    why = LongText(label=gettext_lazy("What did they say?"), max_length=1000)
