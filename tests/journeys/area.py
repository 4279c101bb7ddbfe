"""Make the area in which the journeys take place. Run as `python -m tests.journeys.area`."""

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from locality.panels import services as panels  # noqa: E402
from locality.panels.tests.given import a_panel  # noqa: E402
from locality.people import services as people  # noqa: E402
from locality.sharing.acting import acting  # noqa: E402
from locality.sharing.models import Post  # noqa: E402
from tests.world import as_owner, build  # noqa: E402


def main() -> None:
    """Migrate an empty database and put the area into it."""
    call_command("migrate", verbosity=0)
    world = build("journeys")
    with as_owner():
        Post.objects.using("owner").exclude(role="job").update(about="shown")
    panel = a_panel(world)
    panels.plan_meeting(
        by=world.coordinator, panel_id=panel.pk, starts_at=timezone.now() + timedelta(days=2)
    )
    with acting(world.teacher):
        people.add_record(by=world.teacher, given_names="Kacper", family_name="Test", sex="male")


if __name__ == "__main__":
    main()
