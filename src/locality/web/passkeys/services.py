"""Add a passkey, prove one, take one away. Each attempt is written down, and so is each failure."""

import secrets
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from locality.kit.errors import NotHere, Refused
from locality.sharing import passkeys, sessions
from locality.sharing.models import User
from locality.web.elsewhere import sign_out_elsewhere
from locality.web.passkeys import rules
from locality.web.passkeys.sentences import Wanted, why_not

BROWSER = "passkey_browser"  # in the session: what binds a question to this browser


def site() -> rules.Site:
    """Where passkeys are used here."""
    return rules.Site(settings.PASSKEY_HOST, tuple(settings.PASSKEY_ORIGINS))


def ask_to_add(request: HttpRequest) -> str:
    """Put the question with which a device makes a passkey for whoever is signed in."""
    user = request.user
    challenge = _put(request, Wanted.ADD, user.pk)
    has = [one.id for one in passkeys.of_user(user.pk)]
    return rules.ask_to_add(site(), challenge, user=user.pk, name=user.email, has=has)


def ask_to_sign_in(request: HttpRequest) -> str:
    """Put the question that any passkey of this site may answer, so that no address is typed."""
    return rules.ask_to_prove(site(), _put(request, Wanted.SIGN_IN, None))


def ask_to_confirm(request: HttpRequest) -> str:
    """Put the question that only a passkey of whoever is signed in may answer."""
    challenge = _put(request, Wanted.CONFIRM, request.user.pk)
    held = [one.id for one in passkeys.of_user(request.user.pk)]
    return rules.ask_to_prove(site(), challenge, of=held)


def add(request: HttpRequest, *, name: str, answer: str) -> None:
    """Keep the passkey that a device made. Refuses with a code of `sentences.WHY_NOT`."""
    user = request.user.pk
    try:
        read = rules.read(answer)
        _take(request, read, Wanted.ADD, user)
        made = rules.new_key(read, site())
    except rules.Unproven:
        _refuse("unproven", user)
    if not passkeys.add(
        user=user, key_id=made.id, public_key=made.public_key, count=made.count, name=name
    ):
        _refuse("known", user)
    sessions.note_sign_in(user, "passkey added", "passkey")
    sign_out_elsewhere(request, user)


def prove(request: HttpRequest, *, answer: str, wanted: Wanted, user: UUID | None = None) -> User:
    """Say whose passkey answered, once it has proven all it must. Refuses with `sentences.WHY_NOT`.

    With `user`, nobody else's passkey will do.
    """
    whose: UUID | None = None
    try:
        read = rules.read(answer)
        _take(request, read, wanted, user)
        known = passkeys.known(read.id)
        if known is None:
            _refuse("unknown", user)
        whose = known.user
        if user not in (None, whose):
            _refuse("unknown", user)
        count = rules.count_proven(read, site(), user=whose, public_key=known.public_key)
    except rules.Unproven:
        _refuse("unproven", whose or user)
    if not passkeys.use(read.id, count):
        sessions.note_sign_in(whose, "copied passkey refused", "passkey")
        raise Refused("web.passkey.copied", why_not("copied"))
    return User.objects.get(pk=whose)


def remove(request: HttpRequest, handle: UUID) -> None:
    """Take a passkey away. Refuses with `web.passkey.last` when nothing else would let them in."""
    done = passkeys.remove(request.user.pk, handle)
    if done == "last":
        raise Refused("web.passkey.last", why_not("last"))
    if done == "absent":
        raise NotHere("There is no such passkey.")
    sessions.note_sign_in(request.user.pk, "passkey removed", "passkey")
    sign_out_elsewhere(request, request.user.pk)


def whose_claimed(answer: str) -> UUID | None:
    """Whose passkey somebody says they have, before it is checked: whom tries are counted for."""
    try:
        known = passkeys.known(rules.read(answer).id)
    except rules.Unproven:
        return None
    return known.user if known else None


def _put(request: HttpRequest, wanted: Wanted, user: UUID | None) -> bytes:
    browser = request.session.setdefault(BROWSER, secrets.token_urlsafe(24))
    return passkeys.put_challenge(browser=browser, wanted=wanted, user=user)


def _take(request: HttpRequest, read: rules.Answer, wanted: Wanted, user: UUID | None) -> None:
    """Take the question that an answer names, before anything else in it is looked at."""
    browser = request.session.get(BROWSER, "")
    if not passkeys.take_challenge(read.challenge, browser=browser, wanted=wanted, user=user):
        _refuse("late", user)


def _refuse(code: str, user: UUID | None) -> NoReturn:
    sessions.note_sign_in(user, "refused", "passkey")
    raise Refused(f"web.passkey.{code}", why_not(code))
