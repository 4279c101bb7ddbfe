"""A job that breaks with what it has read."""

from django.db import connections
from procrastinate.contrib.django import app

TASK = "tests.canaries.break"


@app.task(name=TASK, pass_context=False)
def break_with_what_was_read() -> None:
    """Read names as the owner may, and raise with all of them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT string_agg(name, ', ') FROM sharing_user")
        raise ValueError(cursor.fetchone())
