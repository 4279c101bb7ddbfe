"""A panel and its next meeting, for every test of panels."""

from datetime import timedelta

import pytest
from django.utils import timezone

from locality.panels import services
from locality.panels.models import Meeting, Panel
from locality.panels.tests.given import a_panel
from tests.world import World


@pytest.fixture
def panel(world: World) -> Panel:
    """The panel."""
    return a_panel(world)


@pytest.fixture
def meeting(world: World, panel: Panel) -> Meeting:
    """Its next meeting, in a week."""
    return services.plan_meeting(
        by=world.coordinator, panel_id=panel.pk, starts_at=timezone.now() + timedelta(days=7)
    )
