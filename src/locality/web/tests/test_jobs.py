"""What the web tier does by itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from locality.web.jobs import forget_sessions
from tests.world import World


def test_sign_ins_that_are_over_are_forgotten_and_others_go_on(world: World):
    over, live = (world.client(name).session.session_key for name in ("lead", "nurse"))
    past = timezone.now() - timedelta(minutes=1)
    assert Session.objects.filter(pk=over).update(expire_date=past) == 1
    forget_sessions.func(timestamp=0)
    assert list(Session.objects.filter(pk__in=[over, live]).values_list("pk", flat=True)) == [live]
