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

from locality.demo.services import make_area  # noqa: E402
from locality.places.tests import invented  # noqa: E402
from locality.sharing.models import Agency, Post, User  # noqa: E402
from tests.journeys import unfinished  # noqa: E402

STRANGER = "Sam Nowhere"
PURPOSES = [1, 2, 3, 4]


def main() -> None:
    """Migrate an empty database, put the demonstration's smallest area into it, and a stranger."""
    call_command("migrate", verbosity=0)
    invented.write_folder(Path(os.environ["LOCALITY_OPEN_DATA"]) / "west_midlands")
    make_area("tiny", 1, lambda says: None)
    add_stranger()
    unfinished.leave_everything()


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


if __name__ == "__main__":
    main()
