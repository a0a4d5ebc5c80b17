"""Build the whole demo in one order: places, people, the two troubled deliveries, then every story."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ledger.request_id import request_id_of, set_request_id
from records.demo import (
    archives,
    commitments,
    complaints,
    custody,
    deliveries,
    details,
    duties,
    notifications,
    objections,
    people,
    places,
    playing,
    repairs,
)
from records.demo.stories import (
    LAST_DAY_TOMORROW,
    NEVER_ANSWERED,
    REFUSED_BY_PLATFORM,
    SHOWN_UNTIL_THE_END,
    STORIES,
)
from records.services import ending
from rules import calendar
from rules.clock import local_day

REQUEST = "seed-demo"
FOUNDED_BEFORE = timedelta(days=400)  # roles run from their grant on, and stories reach back
SHOWN_MONTHS_OF_MINOR = 3
DAYS_TO_TRY = 100


def build(*, now: datetime) -> None:
    """
    Fill an empty database; whatever a service refuses stops the build and leaves the log as far as it came.

    What the rules say is looked up once for the whole build, as it is for one request.
    """
    former = request_id_of()
    set_request_id(REQUEST)
    try:
        _build(now=now)
    finally:
        set_request_id(former)


def _build(*, now: datetime) -> None:
    founded = now - FOUNDED_BEFORE
    cast = playing.Cast(places=(built := places.build(now=founded)), accounts=people.build(built, now=founded), now=now)
    playing.play(REFUSED_BY_PLATFORM, cast, is_delivered=False)
    deliveries.refuse(now=now)
    playing.play(NEVER_ANSWERED, cast, is_delivered=False)
    deliveries.exhaust(now=now)
    for story in STORIES:
        playing.play(story, cast)
    custody.play(cast)  # before the complaints, whose night numbers its own as well
    complaints.play(cast)
    playing.play(LAST_DAY_TOMORROW, cast, decided_on=_decided_so_that_last_day_is(local_day(now) + timedelta(days=1)))
    playing.play(SHOWN_UNTIL_THE_END, cast)
    repairs.play(cast)
    commitments.play(cast)
    objections.play(cast)
    deliveries.catch_up(now=now)
    ending.expire_due(now=now)
    archives.play(cast)
    details.play(cast)
    duties.tell(cast)
    notifications.play(cast)  # last: deadlines climb as the stories left them
    deliveries.catch_up(now=now)


def _decided_so_that_last_day_is(day: date) -> date:
    """Find the latest day whose three months end on `day`, or just before it where no day's months end there."""
    candidates = (day - timedelta(days=back) for back in range(DAYS_TO_TRY))
    return next(start for start in candidates if calendar.add_months(start, SHOWN_MONTHS_OF_MINOR) <= day)
