"""The worker's own process: it does the jobs that requests have queued.

Run as `python -m locality.web.running.worker` it ends when whoever started it is gone.
"""

import os

import django

from locality.web.running import logs


def run() -> None:
    """Do queued jobs until asked to end; the job in hand is finished first."""
    from procrastinate.contrib.django import app

    logs.begin()
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(shutdown_graceful_timeout=10)


def main() -> None:
    """Set Django up and work as somebody's child."""
    from locality.web.running.children import end_with_parent

    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
    django.setup()
    run()


if __name__ == "__main__":
    main()
