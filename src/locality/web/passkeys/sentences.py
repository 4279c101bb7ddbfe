"""What a passkey is asked for, and what is said when it will not do."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Wanted(StrEnum):
    """What a question is put for. An answer to one is no answer to another."""

    SIGN_IN = "sign in"
    ADD = "add"
    CONFIRM = "confirm"


WHY_NOT = {
    "late": _("That took too long, or it was sent twice. Try again."),
    "unproven": _(
        "We could not be sure that it is you. Try again, and unlock the passkey when your device "
        "asks: with your finger, your face or its PIN."
    ),
    "unknown": _(
        "We do not know that passkey. It may have been removed here, or belong to somebody else. "
        "Try another, or use your password and a code."
    ),
    "known": _("That passkey is here already. Choose another device or security key."),
    "copied": _(
        "That passkey was not accepted, because there may be a copy of it. Sign in with your "
        "password and a code, and tell your agency’s information-governance lead now."
    ),
    "last": _(
        "This is the only way for you to sign in safely. Add another passkey or an app first, "
        "then remove this one."
    ),
}


def why_not(code: str) -> str:
    """Say why a passkey will not do, in the reader's language."""
    return str(WHY_NOT[code])
