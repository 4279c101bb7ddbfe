"""Say who sees which records: what the database shows each person of the journeys' area.

Run as `python -m tests.hiding.seeing` in the site's environment. It adds somebody of every role to
an agency that has agreed with nobody, and prints for each person their user and what they see.
"""

import json
from uuid import uuid4

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import DatabaseError, models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from locality.sharing import reads  # noqa: E402
from locality.sharing.acting import acting  # noqa: E402
from locality.sharing.models import Post, Role, User  # noqa: E402
from tests.journeys import addresses  # noqa: E402
from tests.journeys.area import PURPOSES, STRANGER  # noqa: E402
from tests.journeys.unfinished import actor  # noqa: E402


def main() -> None:
    """Print everybody."""
    add_strangers()
    told = Post.objects.exclude(role_id="job").filter(about__gt="") | strangers()
    print(json.dumps({post.name: _about(post) for post in told}))


def strangers() -> "models.QuerySet[Post]":
    """Those who were added here."""
    return Post.objects.filter(name__startswith=f"{STRANGER}, ")


@transaction.atomic(using="owner")
def add_strangers() -> None:
    """Add somebody of each role to the stranger's agency, once."""
    if strangers().exists():
        return
    agency = Post.objects.get(name=STRANGER).agency_id
    for role in Role.objects.exclude(key="job"):
        name = f"{STRANGER}, {role.key}"
        user = User.objects.using("owner").create(
            id=uuid4(), email=f"{role.key}@nowhere.example.org", name=name
        )
        Post.objects.using("owner").create(
            id=uuid4(), user=user, agency_id=agency, role_id=role.key, title=role.key, name=name,
            purposes=PURPOSES, starts=timezone.localdate(),
        )  # fmt: skip


def _about(post: Post) -> dict[str, object]:
    by = actor(post.name, reads.all_purposes()[post.purposes[0]].key)
    seen = {}
    for model in _named():
        try:
            with acting(by):
                keys = [str(key) for key in model.objects.values_list("pk", flat=True)]
        except DatabaseError:  # nobody may read it
            keys = []
        seen[model._meta.db_table] = keys
    return {"user": str(post.user_id), "sees": seen}


def _named() -> list[type[models.Model]]:
    """The models of which records stand in addresses."""
    wanted = {
        addresses.model_of(name, argument)
        for name, given in addresses.with_uuids()
        for argument in given
    }
    return [model for model in apps.get_models() if model._meta.model_name in wanted]


if __name__ == "__main__":
    main()
