"""What intake does by itself at night, as a named job for each agency it serves."""

from procrastinate.contrib.django import app

from locality.intake import reads, services
from locality.sharing.reads import purposes
from locality.sharing.sessions import job_actor

NAME = "clear old drafts"


@app.periodic(cron="20 3 * * *")
@app.task(name="intake.clear_drafts", pass_context=False)
def clear_drafts(timestamp: int) -> int:
    """Delete the drafts nobody touched for 14 days and say how many they were."""
    return sum(clear_for(post) for post in reads.job_posts())


def clear_for(post: reads.Post) -> int:
    """Clear the drafts of one agency, as its named job."""
    purpose = purposes(post.purposes).first()
    by = job_actor(
        user=post.user_id, post=post.pk, agency=post.agency_id, purpose=purpose.key, job=NAME
    )
    return services.clear_old_drafts(by=by)
