"""Let somebody in, let them start over, see them out. As the owner, from the terminal."""

from allauth.mfa.models import Authenticator
from django.db import connections
from django.utils import timezone

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.sharing import passkeys
from locality.sharing.models import Post, SignIn, User
from locality.sharing.partners.services import Ledger, end_posts, ledger, note
from locality.sharing.sealing.writing import vouched
from locality.web.accounts.links import OWNER, link_for


def invite(email: str, site: str) -> str:
    """Make a link with which somebody chooses their first password. Ends every earlier link.

    Refuses with `web.has_account` when they have chosen one, and with `web.left` when they left.
    """
    with ledger() as into:
        person = _person(email)
        if person.has_usable_password():
            raise Refused(
                "web.has_account",
                say(
                    "{name} has a password already. If they cannot sign in any more, make sure "
                    "that it is them and use: locality account reset {email}",
                    name=person.name,
                    email=person.email,
                ),
            )
        _shut(person)
        _note(into, person, "is invited to sign in", "sharing.user.invited")
        return link_for(person, site)


def reset(email: str, site: str) -> str:
    """Take password, passkeys, app and codes away, end every session, and make a new link.

    For whoever lost their phone or forgot their password. Refuses with `web.left`.
    """
    with ledger() as into:
        person = _person(email)
        _shut(person)
        _note(
            into,
            person,
            "starts over: password, passkeys, app and codes are gone",
            "sharing.user.reset",
        )
        return link_for(person, site)


def see_out(email: str) -> list[str]:
    """End every post and session of somebody now, and let them in no more."""
    with ledger() as into:
        person = _person(email, may_have_left=True)
        posts = Post.objects.using(OWNER).select_related("agency").filter(user=person)
        end_posts(into, posts)
        if person.is_active:
            person.is_active = False
            person.save(using=OWNER, update_fields=["is_active"])
            _shut(person)
            _note(into, person, "may not sign in any more", "sharing.user.closed")
    return into.says


def _person(email: str, *, may_have_left: bool = False) -> User:
    person = User.objects.using(OWNER).filter(email__iexact=email, is_job=False).first()
    if person is None:
        raise NotHere(
            f"Nobody here has the address {email}: add their post to the area’s file and apply it."
        )
    if not may_have_left and not person.is_active:
        raise Refused(
            "web.left",
            say(
                "{name} has left. If they are back, give them a new post in the area’s file.",
                name=person.name,
            ),
        )
    return person


def _shut(person: User) -> None:
    """End what lets somebody in: password, earlier links, passkeys, app, sessions."""
    person.set_unusable_password()
    person.save(using=OWNER, update_fields=["password"])
    taken, _ = Authenticator.objects.using(OWNER).filter(user_id=person.pk).delete()
    if taken + passkeys.remove_all(person.pk, OWNER):
        removed = SignIn(user=person.pk, what="second factor removed", method="terminal")
        vouched(removed, using=OWNER).save(using=OWNER, force_insert=True)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "UPDATE locality_private.session SET ended = %s WHERE user_id = %s AND ended IS NULL",
            [timezone.now(), person.pk],
        )


def _note(into: Ledger, person: User, says: str, did: str) -> None:
    agencies = Post.objects.using(OWNER).filter(user=person).values_list("agency", flat=True)
    note(into, f"{person.name} {says}.", did=did, to=person, agencies=agencies)
