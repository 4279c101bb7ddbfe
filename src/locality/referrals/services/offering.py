"""Offer somebody a pathway: who may, who fits, who is told what."""

from dataclasses import replace
from secrets import choice
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases import reads as cases
from locality.kit.dates import england_and_wales
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.pathways import catalogue
from locality.pathways.words import Facts, Pathway
from locality.people import reads as people
from locality.referrals import reads, rules
from locality.referrals.models import Referral
from locality.referrals.words import NewReferral, Provider
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.models import Circle, Labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, CircleKind, Duty, Marking

TEAM_NEEDS = gettext_lazy(
    "So that the team of the case knows what help was offered and how it goes."
)
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that look alike, no vowels


def offer(*, by: Actor, referral: NewReferral) -> Referral:
    """Offer a person of a case a pathway, and let the provider's people see exactly that.

    They see the referral, the actor's agency's own record of who it is, and the safe ways to reach
    them that were chosen; never the case. Refuses when the person does not fit or does not agree,
    when the provider would lawfully see nothing, and when the same help is offered already.
    """
    with acting(by):
        duties.require(Duty.LEAD)
        case = cases.case_to_change(referral.case_id)
        _require_on_team(by, case)
        if referral.person_id not in case.about:
            raise NotHere(f"person {referral.person_id}")
        pathway = catalogue.get(referral.pathway)
        _require_purpose(by, pathway)
        _require_not_offered(referral, pathway)
        rules.require_fit(_fit(by, referral, pathway))
        rules.require_why(referral.why, _("you offer this help"))
        items = _items(by, referral)
        provider = _provider(by, referral, pathway, case, items)
        made = _make(by, referral, pathway, case, _circle(by, provider, case, referral.person_id))
        _disclose(by, referral, case, made, items)
        audit.record(by=by, did="referrals.referral.offered", to=made, why=referral.necessity)
        return made


def _require_on_team(by: Actor, case: Labelled) -> None:
    """The lead agency refers, and so does the team; a panel that was shown the case does not."""
    if case.owner_id != by.agency and not sharing.members(case.circle_id).filter(post=by.post):
        raise Refused(
            "referrals.not_on_the_team",
            _("%(agency)s leads this case: ask them to refer, or to put you on its team.")
            % {"agency": case.owner.name},
        )


def _require_purpose(by: Actor, pathway: Pathway) -> None:
    if by.purpose not in pathway.purposes:
        raise Refused(
            "referrals.other_purpose",
            _("“%(pathway)s” is not offered for your purpose. It is offered for: %(purposes)s.")
            % {"pathway": pathway.name, "purposes": ", ".join(pathway.purposes)},
        )


def _require_not_offered(referral: NewReferral, pathway: Pathway) -> None:
    """The case is held, so that asking twice at once makes one offer."""
    live = reads.live_offer(referral.case_id, referral.person_id, pathway.key)
    if live:
        raise Refused(
            "referrals.offered_already",
            _("They were already offered “%(pathway)s” on %(when)s: %(reference)s, with %(who)s.")
            % {
                "pathway": pathway.name, "when": f"{live.offered_at:%d/%m/%Y}",
                "reference": live.reference, "who": live.provider.name,
            },
        )  # fmt: skip


def _fit(by: Actor, referral: NewReferral, pathway: Pathway) -> object:
    on_record = reads.facts_about(referral.case_id, referral.person_id, by.agency)
    facts = Facts(
        age=on_record.age, needs=on_record.needs, area=on_record.area, agreed=referral.agreed,
        known=referral.known,
    )  # fmt: skip
    return catalogue.fit(pathway, facts, catalogue.need_names())


def _items(by: Actor, referral: NewReferral) -> list[Labelled]:
    """What the provider is told besides the referral: who it is, and safe ways to reach them."""
    record = people.my_record_of(referral.person_id, by.agency)
    if record is None:
        raise Refused(
            "referrals.not_known_to_you",
            _("Your agency has no record of its own of who they are, so cannot introduce them. "
              "Ask the lead of the case to refer."),
        )  # fmt: skip
    safe = {one.pk: one for one in reads.safe_contacts(record)}
    if any(one not in safe for one in referral.contacts):
        raise Refused(
            "referrals.not_a_safe_contact",
            _("One of the ways to reach them is no longer known to be safe. Choose again."),
        )
    return [record, *(safe[one] for one in dict.fromkeys(referral.contacts))]


def _provider(
    by: Actor, referral: NewReferral, pathway: Pathway, case: Labelled, items: list[Labelled]
) -> Provider:
    offered = reads.providers(pathway, case, items, by.agency)
    found = next((one for one in offered if one.agency == referral.provider), None)
    if found is None:
        raise Refused(
            "referrals.not_a_provider", _("Choose one of the agencies that provide this help.")
        )
    if found.why_not:
        raise Refused(
            "referrals.cannot_be_told",
            say("{name}: {why}", name=found.name, why=found.why_not),
        )
    return found


def _circle(by: Actor, provider: Provider, case: Labelled, person: UUID) -> Circle:
    circle = sharing_services.make_circle(
        by=by, kind=CircleKind.REFERRAL, category=Category(case.category),
        marking=Marking(case.marking), works_with=[person],
    )  # fmt: skip
    free = [one for one in provider.posts if not sharing.between_sides(one, circle.pk)]
    if not free:
        raise Refused(
            "referrals.nobody_free",
            say(
                "{name} has nobody whose other work goes with this. Choose another provider.",
                name=provider.name,
            ),
        )
    for post_id in free:
        sharing_services.add_member(by=by, circle_id=circle.pk, post_id=post_id, part="provider")
    return circle


def _make(
    by: Actor, referral: NewReferral, pathway: Pathway, case: Labelled, circle: Circle
) -> Referral:
    """The row itself, held as closely as its case, with the clock for an answer started."""
    if referral.goal_id and not cases.goals(case.pk).filter(pk=referral.goal_id).exists():
        raise NotHere(f"goal {referral.goal_id}")
    needs = reads.open_needs(case.pk) & pathway.eligible.any_need
    last = catalogue.due_on(pathway.answer_within, sharing.today(), england_and_wales())
    made = Referral(
        id=uuid4(), reference=_reference(), case_id=case.pk, goal_id=referral.goal_id,
        circle=circle, purpose_id=circle.purpose_id, person_id=referral.person_id,
        about=[referral.person_id], pathway=pathway.key, pathway_version=pathway.version,
        provider_id=referral.provider, why=referral.why, needs=sorted(needs),
        agreed=bool(referral.agreed), agreed_says=referral.agreed_says,
        known=sorted(referral.known), offered_by_id=by.post, offered_at=timezone.now(),
        answer_by=rules.end_of(last),
        **labelled(by.agency, Category(case.category), Marking(case.marking)),
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _disclose(
    by: Actor, referral: NewReferral, case: Labelled, made: Referral, items: list[Labelled]
) -> None:
    """Tell the provider's people who and why; and the team of the case how it goes."""
    terms = Terms(gateway=referral.gateway, necessity=referral.necessity, until=referral.until)
    sharing_services.disclose(by=by, circle_id=made.circle_id, items=[made, *items], terms=terms)
    for_team = replace(terms, necessity=str(TEAM_NEEDS), until=None)
    sharing_services.disclose(by=by, circle_id=case.circle_id, items=[made], terms=for_team)


def _reference() -> str:
    """A short name to say on the telephone, which tells nothing and cannot be guessed."""
    return "R-" + "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(2))
