"""Whether sharing would work: agreements, clearances and purposes, said in plain sentences."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from locality.kit.errors import Refused
from locality.sharing.consents import reads as consents
from locality.sharing.models import Agency, Post, Purpose
from locality.sharing.words import Category, Duty, Marking


def require_agreement(
    *,
    giver: Agency,
    getter: Agency,
    purpose: Purpose,
    category: Category,
    marking: Marking,
    people: Collection[UUID] = (),
) -> None:
    """Refuse with `cases.no_agreement`, naming what is missing, unless one in force covers it.

    `people` are those whom it is about, where the actor's agency gives: refuses with
    `cases.no_consent` when the agreement asks for consent and one of them has not agreed.
    """  # fmt: skip
    if giver.pk == getter.pk:
        return
    between = {"giver": giver.pk, "getter": getter.pk, "purpose": purpose.key, "category": category}
    on = consents.terms(marking=marking, **between)
    if not on:
        raise Refused(
            "cases.no_agreement",
            _(
                "No agreement in force lets %(giver)s share %(kind)s information marked "
                "%(marking)s with %(getter)s for “%(purpose)s”. The information-governance "
                "leads of the two can make one."
            )
            % {
                "giver": giver.name, "getter": getter.name, "purpose": purpose.name,
                "kind": category.says, "marking": marking.name.lower(),
            },
        )  # fmt: skip

    if False in on or not (lacks := consents.lacking(people, **between)):
        return
    raise Refused(
        "cases.no_consent",
        _(
            "%(giver)s may share %(kind)s information with %(getter)s only when everybody it is "
            "about has agreed, on record. %(missing)s of the %(all)s it is about has not. Write "
            "down what they say on their own page, under “What they agreed to”."
        )
        % {
            "giver": giver.name, "getter": getter.name, "kind": category.says,
            "missing": len(lacks), "all": len(set(people)),
        },
    )  # fmt: skip


def require_cleared(post: Post, purpose: Purpose, category: Category, marking: Marking) -> None:
    """Refuse unless a post may work for this purpose and is cleared for such information.

    Whoever is not would be on a team and see nothing.
    """
    if purpose.pk not in post.purposes:
        raise Refused(
            "cases.other_purpose",
            _("%(who)s does not work for “%(purpose)s”, so would see nothing of this case.")
            % {"who": post.name, "purpose": purpose.name},
        )
    if post.role.clearances[category] < marking:
        raise Refused(
            "cases.not_cleared",
            _("%(who)s’s post is not cleared for %(kind)s information marked %(marking)s.")
            % {"who": post.name, "kind": category.says, "marking": marking.name.lower()},
        )


def require_may_join(
    post: Post,
    *,
    owner: Agency,
    purpose: Purpose,
    category: Category,
    marking: Marking,
    people: Collection[UUID],
) -> None:
    """Refuse unless a post, once on the team of such a case, would lawfully see it."""  # fmt: skip
    require_cleared(post, purpose, category, marking)
    require_agreement(
        giver=owner, getter=post.agency, purpose=purpose, category=category, marking=marking,
        people=people,
    )  # fmt: skip


def require_may_lead(post: Post, agency_id: int) -> None:
    """Refuse with `cases.cannot_lead` unless a post of this agency may lead cases."""
    if post.agency_id != agency_id or Duty.LEAD not in post.role.duties:
        raise Refused(
            "cases.cannot_lead",
            _("%(who)s cannot lead this case: choose somebody in the lead agency whose post may.")
            % {"who": post.name},
        )


def require_own(owner: Agency, agency_id: int, what: str) -> None:
    """Refuse with `cases.lead_agency_only` unless the actor's agency leads the case."""
    if owner.pk != agency_id:
        raise Refused(
            "cases.lead_agency_only",
            _("%(agency)s leads this case: ask them to %(what)s.")
            % {"agency": owner.name, "what": what},
        )
