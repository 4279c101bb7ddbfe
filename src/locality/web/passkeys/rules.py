"""What a device must prove before it is believed. Pure: no clock, no database, no request."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LONGEST = 20_000  # characters of an answer; real ones have about 2,000
LONGEST_ID = 1_023  # bytes of a passkey's identifier, by the standard
NONSENSE = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError,
            OverflowError, RecursionError)  # fmt: skip
WAIT = 120_000  # milliseconds in which a person may find their key


class Unproven(Exception):
    """What a device answered proves nothing. The message is for us, never for a page."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are used: the host name that they belong to, and the pages' origins."""

    host: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a device that made a passkey says of it."""

    id: bytes
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sends back, read as far as it can be without believing it."""

    id: bytes
    challenge: bytes
    whose: bytes | None
    said: dict[str, Any]


def ask_to_add(site: Site, challenge: bytes, *, user: UUID, name: str, has: list[bytes]) -> str:
    """What the browser is asked to make: a passkey that its device unlocks for its owner alone."""
    return options_to_json(
        webauthn.generate_registration_options(
            rp_id=site.host,
            rp_name="Locality",
            user_id=user.bytes,
            user_name=name,
            challenge=challenge,
            timeout=WAIT,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in has],
        )
    )


def ask_to_prove(site: Site, challenge: bytes, *, of: list[bytes] | None = None) -> str:
    """What the browser is asked to prove: any passkey of this site, or one `of` these."""
    return options_to_json(
        webauthn.generate_authentication_options(
            rp_id=site.host,
            challenge=challenge,
            timeout=WAIT,
            allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in of or []],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def read(text: str) -> Answer:
    """Read what a browser sent. Raises Unproven when it makes no sense."""
    if len(text) > LONGEST:
        raise Unproven("too long")
    try:
        said = json.loads(text)
        response = said["response"]
        client = json.loads(base64url_to_bytes(response["clientDataJSON"]))
        key_id, challenge = (
            base64url_to_bytes(said["rawId"]),
            base64url_to_bytes(client["challenge"]),
        )
        whose = response.get("userHandle")
        if not 0 < len(key_id) <= LONGEST_ID:
            raise Unproven("no identifier")
        # A page of ours within another's page is not where somebody means to sign in.
        if client.get("crossOrigin"):
            raise Unproven("within another page")
        return Answer(key_id, challenge, base64url_to_bytes(whose) if whose else None, said)
    except NONSENSE as wrong:
        raise Unproven("unreadable") from wrong


def new_key(answer: Answer, site: Site) -> NewKey:
    """Check what a device says of a passkey that it made. Raises Unproven.

    The challenge that the answer names must have been taken before.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer.said,
            expected_challenge=answer.challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            require_user_verification=True,
        )
    except NONSENSE as wrong:
        raise Unproven("not a new passkey") from wrong
    if made.credential_id != answer.id:
        raise Unproven("of another identifier")
    return NewKey(made.credential_id, made.credential_public_key, made.sign_count)


def count_proven(answer: Answer, site: Site, *, user: UUID, public_key: bytes) -> int:
    """Check that whoever answered holds the passkey and unlocked it; give its counter.

    Raises Unproven. The counter is compared where it is kept, so that of two that use the same
    one at once only one gets in.
    """
    if answer.whose is not None and answer.whose != user.bytes:
        raise Unproven("somebody else's")
    try:
        proof = webauthn.verify_authentication_response(
            credential=answer.said,
            expected_challenge=answer.challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except NONSENSE as wrong:
        raise Unproven("not proven") from wrong
    return proof.new_sign_count
