"""What the web tier does by itself: it sends links by email, and forgets sign-ins that are over.

An email is kept among the jobs until it has gone, with nobody's name in it. It is queued in the
transaction that asks for it, and made only when it is sent: a job holds no address, no link and no
words. A mail server that is away is tried again for about a day and a half.
"""

from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.retry import RetryStrategy

from locality.kit.saying import say
from locality.sharing.models import User
from locality.web.accounts.links import made_for, site_address

TRIES = 9  # waits of 4 seconds, then four times as long each time: 36 hours in all


@app.task(
    name="web.send_link", pass_context=True,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
)  # fmt: skip
def send_link(context: JobContext, user: str) -> bool:
    """Send somebody a link to choose a password; say whether there is still somebody to send it to.

    Not to whoever has no password: a mailbox must not be enough to begin, nor instead of a
    partner's provider. Done again, it carries the same number, by which mail programs know that it
    is the same.
    """
    person = User.objects.filter(pk=UUID(user), is_active=True, is_job=False).first()
    if person is None or not person.has_usable_password():
        return False
    letter(person, number=f"{context.job.id}.{user}").send()
    return True


def letter(person: User, number: str) -> EmailMessage:
    """The email with the link, as somebody is now."""
    site = site_address()
    return EmailMessage(
        subject=say("Choose a new password for Locality"),
        body=say(
            "Somebody, most likely you, asked for a new password for Locality.\n\n"
            "Open this link to choose one. It works once, for a few hours:\n\n{link}\n\n"
            "If it was not you, do nothing: your password stays as it is.\n",
            link=made_for(person, site),
        ),
        to=[person.email],
        headers={"Message-ID": f"<{number}@{site.partition('://')[2].partition(':')[0]}>"},
    )  # fmt: skip


def queue_link(user: UUID) -> None:
    """Let a link be sent to somebody, once however often it is asked for while one waits."""
    try:
        with transaction.atomic():
            send_link.configure(queueing_lock=f"web.send_link {user}").defer(user=str(user))
    except AlreadyEnqueued:
        pass


@app.periodic(cron="30 * * * *")
@app.task(name="web.forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Forget sign-ins that have ended by themselves: nobody can go on with them."""
    SessionStore.clear_expired()
