"""The Celery app. The broker only wakes workers; what is to be done lives in Postgres (see docs/architecture.md)."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opw.settings")

app = Celery("opw")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Short, regular looks at the database instead of tasks queued for a distant hour: a lost broker loses nothing.
app.conf.beat_schedule = {
    "heartbeat": {"task": "opw.site.tasks.heartbeat", "schedule": 10.0},
    "letters": {"task": "opw.mail.tasks.deliver_due_letters", "schedule": 10.0},
    "reminders": {"task": "applications.tasks.write_due_reminders", "schedule": 20.0},
    "purge": {"task": "applications.tasks.purge_answers", "schedule": 600.0},
    "links": {"task": "applications.tasks.look_up_due_links", "schedule": 60.0},
    "references": {"task": "projects.tasks.look_up_due_references", "schedule": 300.0},
    "release": {"task": "mentors.tasks.release_due_rounds", "schedule": 5.0},
    "seals": {"task": "mentors.tasks.break_changed_seals", "schedule": 60.0},
    "places": {"task": "mentors.tasks.pass_on_free_places", "schedule": 60.0},
}


@beat_init.connect
def beat_at_once(**_: object) -> None:
    """The first heartbeat comes with beat itself, so that a start need not wait for its next turn."""
    app.send_task("opw.site.tasks.heartbeat")
