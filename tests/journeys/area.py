"""Make the area in which the journeys take place. Run as `python -m tests.journeys.area`."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from locality.cases import reads as cases_reads  # noqa: E402
from locality.cases import services as cases  # noqa: E402
from locality.demo.services import make_area  # noqa: E402
from locality.impact import services as impact  # noqa: E402
from locality.intake import services as intake  # noqa: E402
from locality.kit.dates import Period, month_of  # noqa: E402
from locality.people import services as people  # noqa: E402
from locality.people.models import Record  # noqa: E402
from locality.places.tests import invented  # noqa: E402
from locality.sharing import sessions  # noqa: E402
from locality.sharing.acting import Actor, acting  # noqa: E402
from locality.sharing.models import Agency, Post, User  # noqa: E402
from locality.sharing.words import Category, Marking  # noqa: E402

STRANGER = "Sam Nowhere"
PURPOSES = [1, 2, 3, 4]


def main() -> None:
    """Migrate an empty database, put the demonstration's smallest area into it, and a stranger."""
    call_command("migrate", verbosity=0)
    invented.write_folder(Path(os.environ["LOCALITY_OPEN_DATA"]) / "west_midlands")
    make_area("tiny", 1, lambda says: None)
    add_stranger()
    leave_things_unfinished()


@transaction.atomic(using="owner")
def add_stranger() -> None:
    """Add somebody who leads cases in an agency that has agreed with nobody."""
    agency = Agency.objects.using("owner").create(
        id=99, name="Aldermoor Allotments", sector="voluntary sector", contact="01632 960990"
    )
    user = User.objects.using("owner").create(
        id=uuid4(), email="stranger@example.org", name=STRANGER
    )
    Post.objects.using("owner").create(
        id=uuid4(), user=user, agency=agency, role_id="case_lead", title="Allotment secretary",
        name=STRANGER, about="Nothing is shared with you.", purposes=PURPOSES,
        starts=timezone.localdate() - timedelta(days=400),
    )  # fmt: skip


def leave_things_unfinished() -> None:
    """Begin what nobody in the stories leaves half done, so that its pages can be visited too."""
    intake.save_draft(by=actor("Amrit Vale"), answers={"danger": "soon"})
    last = month_of(timezone.localdate()) + -1
    impact.start_report(
        by=actor("Grace Holloway", "oversight"), area="Walsall", period=Period(last + -11, last)
    )
    lead = actor("Marek Oldacre")
    with acting(lead):
        case = cases_reads.my_cases(lead.post).filter(state="open").first()
        first, second = Record.objects.filter(owner=lead.agency)[:2]
        cases.ask(
            by=lead, case_id=case.pk, agency_id=3, category=Category.INCIDENT,
            question="Has he been met at night?", why="To plan his way home.",
            answer_by=timezone.localdate() + timedelta(days=5),
        )  # fmt: skip
        cases.write_note(
            by=lead, case_id=case.pk, text="Rang; nobody in.", category=Category.SOCIAL_CARE,
            marking=Marking.STANDARD, happened_on=timezone.localdate(), share=None,
        )  # fmt: skip
        people.link_records(
            by=lead, record_id=first.pk, person_id=second.person_id, why="The same address."
        )


def actor(name: str, purpose: str = "early help") -> Actor:
    """Let somebody act."""
    post = Post.objects.get(name=name)
    key = sessions.start(user=post.user_id, post=post.pk)
    return Actor(post=post.pk, person=post.user_id, agency=post.agency_id, purpose=purpose, key=key)


if __name__ == "__main__":
    main()
