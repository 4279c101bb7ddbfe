"""What sharing does by itself: it seals the trail, twice a minute, and looks after the jobs."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from locality.sharing import once
from locality.sharing.sealing import services

KEEP_JOBS = 48  # hours
SILENT = 30  # seconds without a sign of life, after which a worker counts as gone
MOST_TRIES = 5


@app.periodic(cron="* * * * * */30")
@app.task(name="sharing.seal", queueing_lock="sharing.seal", pass_context=False)
def seal(timestamp: int) -> int:
    """Seal what was written since the last time and say how many rows that was."""
    return services.seal()


@app.periodic(cron="40 * * * *")
@app.task(name="sharing.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that succeeded two days ago: sealing alone leaves thousands a day."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_JOBS)


@app.periodic(cron="50 * * * *")
@app.task(name="sharing.forget_sent", pass_context=False)
def forget_sent(timestamp: int) -> int:
    """Forget what was sent a day ago: nobody sends it again by mistake."""
    return once.forget()


@app.periodic(cron="* * * * *")
@app.task(name="sharing.take_up", queueing_lock="sharing.take_up", pass_context=True)
async def take_up(context: JobContext, timestamp: int) -> int:
    """Take up again what killed workers left, and say how many jobs that was."""
    return await resume(context.app.job_manager)


async def resume(jobs: JobManager, *, silent: float = SILENT) -> int:
    """Let every job be done again whose worker is gone; say how many there were.

    So a job may be begun more than once: whatever it does must be the same when it is done again.
    One that was cut short five times is given up, because it may be what ends the workers.
    """
    left = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=silent))
    for job in left:
        if job.attempts >= MOST_TRIES:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await jobs.retry_job(job)
        except UniqueViolation:  # one like it waits already, and will do what this one did not
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
    return len(left)
