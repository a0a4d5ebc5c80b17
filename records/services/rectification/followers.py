"""Whoever ordered a rectification because of a case of its own is told how it ended, inside the act that ended it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from records.models import Rectification

Follow = Callable[[Rectification, datetime], None]


def _nothing(rectification: Rectification, now: datetime) -> None:
    """Leave the source as it is."""


@dataclass(frozen=True)
class Follower:
    """What one kind of source does when its rectification is accepted, overdue or refused, and whether it drafts by itself."""

    accepted: Follow = _nothing
    overdue: Follow = _nothing
    refused: Follow = _nothing
    drafts_itself: bool = False


_followers: dict[str, Follower] = {}


def register(
    source_type: str,
    *,
    accepted: Follow = _nothing,
    overdue: Follow = _nothing,
    refused: Follow = _nothing,
    drafts_itself: bool = False,
) -> None:
    """
    Say what follows for sources of a type (``records.complaint``); call it when the room starts.

    :param drafts_itself: the source opens its own draft record once somebody finds that the order was not heeded
    """
    _followers[source_type] = Follower(accepted, overdue, refused, drafts_itself)


def drafts_itself(rectification: Rectification) -> bool:
    """Whether the default is the source's to draft, so that the clock drafts nothing for the same event."""
    return _of(rectification).drafts_itself


def accepted(rectification: Rectification, now: datetime) -> None:
    """Tell the source that everything ordered was done; this will run inside the open act."""
    _of(rectification).accepted(rectification, now)


def overdue(rectification: Rectification, now: datetime) -> None:
    """Tell the source that the limit has passed; this will run inside the open act."""
    _of(rectification).overdue(rectification, now)


def refused(rectification: Rectification, now: datetime) -> None:
    """Tell the source that the second order was ignored too; this will run inside the open act."""
    _of(rectification).refused(rectification, now)


def _of(rectification: Rectification) -> Follower:
    return _followers.get(rectification.source_type, Follower())
