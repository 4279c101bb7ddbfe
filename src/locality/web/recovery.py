"""Recovery codes: kept as hashes, used once each, shown in the answer that makes them alone.

The framework keeps a seed that it can read again, and has no door for another way, so its class is
replaced by ours where it asks for it. A code has 40 bits, fewer than the 112 from which a plain
hash would do (ASVS 6.5.2): it is hashed as passwords are, with a salt of its own. No secret key
goes into it, so that a new `LOCALITY_SECRET_KEY` ends nobody's codes.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from locality.sharing.models import User

DIGITS = 12
OLD_DIGITS = 8  # of the codes that the framework made before


class CodeHasher(Argon2PasswordHasher):
    """Argon2id at the least cost that ASVS allows: codes are drawn, and ten are tried."""

    time_cost, memory_cost, parallelism = 2, 19_456, 1


class HashedCodes(auth.RecoveryCodes):
    """Somebody's recovery codes, of which only hashes are kept."""

    did_view = True  # whoever looks at them later sees how many are left

    @classmethod
    def activate(cls, user: User) -> "HashedCodes":
        """Make codes for somebody who has none, and lay them ready to be shown in this answer."""
        kept = Authenticator.objects.filter(
            user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES
        ).first()
        if kept:
            return cls(kept)
        codes = [_drawn() for _ in range(app_settings.RECOVERY_CODE_COUNT)]
        data = {"hashed": [_hash(code) for code in codes]}
        made = Authenticator.objects.create(
            user=user, type=Authenticator.Type.RECOVERY_CODES, data=data
        )
        if context.request is not None:
            context.request.new_recovery_codes = codes
        return cls(made)

    def get_unused_codes(self) -> list[str]:
        """As many blanks as codes are left: nobody can read the codes."""
        return [""] * self.left()

    def left(self) -> int:
        """How many codes are left, without reading any."""
        data = self.instance.data
        for kept in ("hashed", "migrated_codes"):
            if kept in data:
                return len(data[kept])
        return app_settings.RECOVERY_CODE_COUNT - int(data["used_mask"]).bit_count()

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether this is one of the codes, and use it up. Of two uses at once the second waits."""
        typed = normalize_user_code(code)
        if not typed.isdecimal() or len(typed) not in (DIGITS, OLD_DIGITS):
            return False  # what an app shows is not worth ten slow hashes
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        self.convert()
        for kept in self.instance.data["hashed"]:
            if CodeHasher().verify(typed, kept):
                self.instance.data["hashed"].remove(kept)
                self.instance.save(update_fields=["data"])
                return True
        return False

    def convert(self) -> bool:
        """Keep hashes of codes that are still kept sealed; say whether there was anything to do.

        Their seed goes, and the same codes go on working. Call it with the row locked. Raises
        Unreadable when no key here opens them.
        """
        if "hashed" in self.instance.data:
            return False
        codes = super().get_unused_codes()
        self.instance.data = {"hashed": [_hash(normalize_user_code(code)) for code in codes]}
        self.instance.save(update_fields=["data"])
        return True


def connect() -> None:
    """Put our way of keeping codes where the framework looks for its own."""
    auth.RecoveryCodes = flows.RecoveryCodes = HashedCodes


def showing_new_codes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with the codes where a page made some: they are known in this answer alone."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        done = view(request, **named)
        codes = getattr(request, "new_recovery_codes", None)
        if codes is None:
            return done
        shown = TemplateResponse(
            request,
            "mfa/recovery_codes/index.html",
            {
                "unused_codes": [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes],
                "total_count": len(codes),
                "can_view_codes": True,
                "shown_once": True,
            },
        )
        add_never_cache_headers(shown)
        return shown

    return answer


def _drawn() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _hash(code: str) -> str:
    hasher = CodeHasher()
    return str(hasher.encode(code, hasher.salt()))
