"""The Celery application; beat's schedule is here, in code."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab

from ledger.request_id import set_request_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integrity.settings.prod")


class TracedTask(Task):  # type: ignore[type-arg]
    """A task whose acts and log lines carry its id where a request's would carry the request's."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task under its own id."""
        set_request_id(f"task-{self.request.id}")
        return super().__call__(*args, **kwargs)


app = Celery("integrity", task_cls=TracedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A signed head must follow a public entry within 10 seconds.
    "ledger-heads": {"task": "ledger.tasks.sign_heads", "schedule": 5.0},
    # Hints deliver at once; the sweep makes them optional.
    "exchange-sweep": {"task": "exchange.tasks.sweep", "schedule": 30.0},
    "exchange-receipts": {"task": "exchange.tasks.poll_receipts", "schedule": 60.0},
    "exchange-watch": {"task": "exchange.tasks.watch", "schedule": crontab(minute="10")},
    "exchange-reconcile": {"task": "exchange.tasks.reconcile", "schedule": crontab(hour="2", minute="30")},
    "exchange-erase": {"task": "exchange.tasks.erase", "schedule": crontab(hour="3", minute="0")},
    # Search stays right without these two; they keep it quick, and let renamed or recoded departments be found.
    "disclosure-frequencies": {"task": "disclosure.tasks.count_frequencies", "schedule": crontab(minute="20")},
    "disclosure-search": {"task": "disclosure.tasks.refresh_search", "schedule": crontab(hour="1", minute="30")},
    # One mail a person on working mornings; the later runs are for a mail server that was away.
    "records-mails": {"task": "records.tasks.send_mails", "schedule": crontab(hour="8", minute="0,20,40")},
    # A granted repair is synced when the platform has stored it.
    "records-receipts": {"task": "records.tasks.follow_receipts", "schedule": 60.0},
    # A credit code corrected in the register is told the platform soon, of every promise of the department.
    "records-codes": {"task": "records.tasks.follow_codes", "schedule": crontab(minute="*/5")},
    # What the exchange raised an alarm for is told to people soon after, the watch of minute 10 included.
    "records-alarms": {"task": "records.tasks.tell_alarms", "schedule": crontab(minute="*/15")},
    # Days begin at midnight in Shanghai; everything counted in days is looked at just after.
    "records-day": {"task": "records.tasks.turn_day", "schedule": crontab(hour="0", minute="5")},
}
