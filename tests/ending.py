"""Records whose time is over, schedules of one's own, and leads who decide on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from locality.cases.models import Case
from locality.cases.tests.given import a_case, a_person
from locality.cases.words import CaseState, Closing, Subjects
from locality.sharing.acting import Actor
from locality.sharing.models import Circle, Disposal, OwnSchedule
from locality.sharing.retention import erasing, queueing, services
from locality.sharing.retention.doors import ROOTS
from locality.sharing.retention.going import going
from locality.sharing.retention.words import Due, NewSchedule, Schedule
from locality.sharing.words import Action, Sector, Verdict
from tests.world import World, as_owner, today

LONG_AGO = timedelta(days=365 * 40)
ANY_TIME = Schedule(Sector.COUNCIL, "any", 1, Action.ERASE, "x", "x", True, date(2100, 1, 1))
SIX_YEARS = NewSchedule(6, None, Action.ERASE, "Our own paper 12", today() + timedelta(days=300))


def grown_old(case: Case) -> Case:
    """A case that was closed forty years ago, as was its circle, with nobody in a record."""
    long_ago = timezone.now() - LONG_AGO
    with as_owner():
        Case.objects.using("owner").filter(pk=case.pk).update(
            state=CaseState.CLOSED, closed_at=long_ago, closing=Closing.GOALS_MET
        )
        Circle.objects.using("owner").filter(pk=case.circle_id).update(closed_on=long_ago.date())
    return case


def an_old_case(world: World, **changes: object) -> Case:
    """A case of the council's whose time is over."""
    if "subjects" not in changes:
        changes["subjects"] = Subjects((a_person(world.lead, "Linnet", "Oakshaw"),))
    return grown_old(a_case(world.lead, **changes))


def forget_old_cases() -> None:
    """Take away what was closed forty years ago, so that nobody else's test comes upon it."""
    root, long_ago = ROOTS["cases.case"], timezone.now() - LONG_AGO / 2
    with as_owner():
        old = Case.objects.using("owner").filter(closed_at__lt=long_ago)
        due = [
            Due(one.pk, one.owner_id, ANY_TIME, today(), ()) for one in old.only("pk", "owner_id")
        ]
        erasing._delete(going(root, due), {one.record for one in due})


@dataclass
class Ending:
    """The council's leads, its schedules, and what an operator runs at night."""

    world: World
    leads: list[Actor] = field(default_factory=list)

    def schedule(self, kind: str, by: Actor | None = None, **changes: object) -> OwnSchedule:
        """Say how long an agency keeps a kind of record: six years, then erased."""
        asked = SIX_YEARS._replace(**changes)
        return services.set_schedule(by=by or self.leads[0], kind=kind, asked=asked)

    def queued(self, record: UUID) -> Disposal | None:
        """Run the first half of the night, and give what it asks about a record."""
        queueing.refresh(today())
        return Disposal.objects.using("owner").filter(record=record, done_at=None).first()

    def agree(self, record: UUID, *leads: Actor) -> None:
        """Let leads say of a record in the queue that it may go."""
        row = Disposal.objects.using("owner").get(record=record)
        for by in leads or self.leads:
            services.decide(by=by, disposals=[row.pk], verdict=Verdict.MAY_GO)

    def gone(self, record: UUID) -> bool:
        """Run the second half of the night, and say whether the record is gone."""
        erasing.run(today())
        return not Case.objects.using("owner").filter(pk=record).exists()


@contextmanager
def ending(world: World) -> Iterator[Ending]:
    """Two leads of the council; afterwards no schedule, no old case and nothing queued is left."""
    yield Ending(world, [world.new_actor("council", "governance") for _ in range(2)])
    forget_old_cases()
    with as_owner():
        Disposal.objects.using("owner").all().delete()
        OwnSchedule.objects.using("owner").all().delete()
