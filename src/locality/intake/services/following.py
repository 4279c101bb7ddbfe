"""Follow a concern up: tell its reporter, add to it, withdraw it, name its place."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from locality.intake import reads, rules
from locality.intake.models import Addition, Placed, Receipt, Reply, Withdrawal
from locality.intake.words import KIND_OF, Stage
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.places import reads as places
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.words import Duty


def tell_reporter(
    *, by: Actor, concern_id: UUID, stage: Stage, says: str = "", helper: UUID | None = None
) -> Reply:
    """Tell whoever raised a concern what became of it.

    The front door names in `helper` the circle that helps from now on and may tell more.
    Raises NotHere for anybody else.
    """
    with acting(by):
        if not reads.may_tell(concern_id, by):
            raise NotHere(f"concern {concern_id}")
        made = Reply(
            id=uuid4(), receipt_id=concern_id, stage=stage, says=says, told_by_id=by.post,
            circle_id=helper,
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="intake.reporter.told", to=made)
        return made


def withdraw(*, by: Actor, concern_id: UUID, why: str) -> Withdrawal:
    """Take back a concern that nobody has decided about. Nothing is deleted: it is marked.

    Raises NotHere for anybody but its reporter. Refuses with `intake.say_why`,
    `intake.already_decided` and `intake.withdrawn`, saying what to do instead.
    """
    with acting(by):
        receipt = _undecided(by, concern_id)
        if not why.strip():
            raise Refused("intake.say_why", "Say why you withdraw it. The front door reads this.")
        made = Withdrawal(id=uuid4(), receipt=receipt, why=why.strip(), withdrawn_by_id=by.post)
        made.save(force_insert=True)
        audit.record(by=by, did="intake.concern.withdrawn", to=made, why=made.why)
        return made


def add_more(*, by: Actor, concern_id: UUID, text: str) -> Addition:
    """Add what its reporter noticed since, or a correction, to a concern nobody has decided about.

    Raises NotHere for anybody but its reporter. Refuses with `intake.say_more`,
    `intake.already_decided` and `intake.withdrawn`.
    """
    with acting(by):
        receipt = _undecided(by, concern_id)
        if not text.strip():
            raise Refused("intake.say_more", "Write what you want to add or correct.")
        kind = KIND_OF[rules.matter_of(receipt.title)]
        made = Addition(
            id=uuid4(), concern_id=receipt.pk, text=text.strip(), added_by_id=by.post,
            **labelled(by.agency, kind.category, kind.marking),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="intake.concern.added_to", to=made)
        return made


def name_place(*, by: Actor, concern_id: UUID, place_id: UUID) -> Placed:
    """Say which named place a concern means. The last to say so counts; the words stay.

    Raises NotHere for a concern or place that does not show. Refuses with
    `intake.not_your_front_door`.
    """
    with acting(by):
        duties.require(Duty.SCREEN)
        concern, place = reads.concern(concern_id), places.place(place_id)
        if not sharing.members(concern.circle_id).filter(post=by.post).exists():
            raise Refused(
                "intake.not_your_front_door",
                say(
                    "{door} names the place of this concern, and your post is not part of it.",
                    door=concern.circle.name,
                ),
            )
        made = Placed(
            id=uuid4(), concern=concern, place=place.pk, placed_by_id=by.post,
            placed_at=timezone.now(),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="intake.concern.placed", to=made)
        return made


def _undecided(by: Actor, concern_id: UUID) -> Receipt:
    """The reporter's receipt, with deciding held off; refuses once it is decided or withdrawn."""
    reads.hold(concern_id)
    receipt = reads.my_receipt(by.post, concern_id)
    if receipt.withdrawn:
        raise Refused(
            "intake.withdrawn",
            say(
                "You withdrew this at {at}. If you are worried again, raise another concern.",
                at=_at(receipt.withdrawn.withdrawn_at),
            ),
        )
    if receipt.decision:
        raise Refused(
            "intake.already_decided",
            say(
                "{door} decided at {at}: {stage}. It can no longer be withdrawn or added to, "
                "because others rely on it. Ring {ring} and say {reference}; or raise another "
                "concern.",
                door=receipt.circle.name,
                at=_at(receipt.decision.told_at),
                stage=say(receipt.decision.stage),
                ring=_whom_to_ring(receipt),
                reference=receipt.reference,
            ),
        )
    return receipt


def _whom_to_ring(receipt: Receipt) -> str:
    owner, contact = receipt.circle.owner.name, receipt.circle.owner.contact
    return say("{owner} on {contact}", owner=owner, contact=contact) if contact else owner


def _at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M on %-d %B}"
