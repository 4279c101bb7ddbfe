"""What a lead is asked: which looks to list, and what they found."""

from django import forms
from django.utils.translation import gettext_lazy

from locality.sharing.words import Answer, LogKind
from locality.ui.fields import ChoiceField, DateField, LongText


class Narrow(forms.Form):
    """What the list of looks can be narrowed to. Nothing personal: it is in the address."""

    quiet = True
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False,
        choices=[
            ("", gettext_lazy("Records and searches")), ("record", gettext_lazy("Records")),
            ("search", gettext_lazy("Searches")), ("refusal", gettext_lazy("Records not shown")),
            ("export", gettext_lazy("Files handed out")),
            ("emergency", gettext_lazy("Emergency access")),
            ("job", gettext_lazy("Jobs of the system")),
            ("any", gettext_lazy("Everything, pages without a record too")),
        ],
    )  # fmt: skip
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), required=False)
    since = DateField(label=gettext_lazy("From"), required=False, latest="today")
    until = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: object, purposes: dict[int, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(number), name) for number, name in purposes.items()]
        self.fields["purpose"].choices = [("", gettext_lazy("Any")), *named]


LOG_KINDS = {
    LogKind.COLLECTION: gettext_lazy("Something was recorded"),
    LogKind.ALTERATION: gettext_lazy("Something was changed"),
    LogKind.DISCLOSURE: gettext_lazy("Something was shared, or sharing ended"),
    LogKind.COMBINATION: gettext_lazy("Records were linked or parted"),
    LogKind.ERASURE: gettext_lazy("Something was erased"),
    LogKind.EMERGENCY: gettext_lazy("Emergency access"),
    LogKind.WORK: gettext_lazy("A step of the work"),
    LogKind.CONFIGURATION: gettext_lazy("Posts, agreements and panels"),
}


class NarrowChanges(forms.Form):
    """What the list of changes can be narrowed to. Nothing personal: it is in the address."""

    quiet = True
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False,
        choices=[("", gettext_lazy("Any")), *((k.value, says) for k, says in LOG_KINDS.items())],
    )  # fmt: skip
    since = DateField(label=gettext_lazy("From"), required=False, latest="today")
    until = DateField(label=gettext_lazy("To"), required=False)


class ReviewForm(forms.Form):
    """What came of asking."""

    answer = ChoiceField(
        label=gettext_lazy("What did you find?"),
        choices=[
            (Answer.FINE.value, gettext_lazy("The look was needed for their work")),
            (Answer.NOT_FINE.value, gettext_lazy("It was not, and I am following it up")),
        ],
    )
    words = LongText(
        label=gettext_lazy("Whom did you ask, and what did they say?"), max_length=1000,
        help_text=gettext_lazy("Do not name the person whose record it is."),
    )  # fmt: skip
