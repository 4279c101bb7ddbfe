"""What the tests of signing in start from: somebody with a password, a phone and a browser."""

import re
import time
from datetime import timedelta
from functools import partial
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, TestCase

from locality.sharing.models import SignIn, User
from tests.world import World, as_owner

PASSWORD = "a long enough pass phrase"


# What happens once a change is committed happens inside this, though tests commit nothing.
committed = partial(TestCase.captureOnCommitCallbacks, execute=True)


def somebody(world: World, role: str = "practitioner", password: str = PASSWORD) -> User:
    """A person with one post at the school and, unless it is empty, a password."""
    by = world.new_actor("school", role, "Wren Attwell")
    with as_owner():
        user = User.objects.using("owner").get(pk=by.person)
        user.set_password(password or None)
        user.save(using="owner")
    return user


def enter(client: Client, user: User, password: str = PASSWORD):
    """Type an address and a password."""
    return client.post("/account/login/", {"login": user.email, "password": password})


def code(secret: str) -> str:
    """What the app on a phone shows now, with at least three seconds left to type it."""
    left = 30 - time.time() % 30
    if left < 3:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as a signed-in person does; give its key."""
    return set_up_app_with_codes(client)[0]


def set_up_app_with_codes(client: Client) -> tuple[str, list[str]]:
    """Set up an authenticator app; give its key and the recovery codes that the answer shows."""
    shown = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'loc-reference">([A-Z2-7]+)<', shown)[1]
    with committed():
        done = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    return secret, codes_shown(done)


def codes_shown(answer) -> list[str]:
    """The recovery codes on a page that shows some."""
    return re.findall(r"<li>([0-9 ]+)</li>", answer.content.decode().split("loc-codes")[1])


def choose(client: Client, nth: int = 0, **more: str):
    """Choose one of the purposes on offer."""
    choices = client.get("/act/").context["form"].fields["acting"].choices
    return client.post("/act/", {"acting": choices[nth][0], **more})


def written(user: User | UUID) -> list[tuple[str, str]]:
    """What the sign-in trail says about somebody, oldest first."""
    with as_owner():
        rows = SignIn.objects.using("owner").filter(user=getattr(user, "pk", user)).order_by("at")
        return list(rows.values_list("what", "method"))


def later(monkeypatch, **ahead: float) -> None:
    """Let some time pass for everything that asks what time it is now."""
    now = time.time() + timedelta(**ahead).total_seconds()
    monkeypatch.setattr(time, "time", lambda: now)
