"""
The last days a case carries beside its clock move with the clock when a new calendar moves it, in the same act.

Adverse steps (a report missed, a rectification overdue or refused) are judged by these days; pages, rates and archives show
them. A prior notice stays as it was served: whether a hearing is over is asked of its clock (`guards.heard_until`).
"""

from __future__ import annotations

from datetime import date

from records.models import Rectification, SituationReport


def situation(key: str, due_on: date, provisional: bool) -> None:
    """Write the last day of a situation report."""
    report = SituationReport.objects.select_for_update().get(pk=key)
    report.due_on, report.due_provisional = due_on, provisional
    report.save()


def rectification(key: str, due_on: date, provisional: bool) -> None:
    """Write the last day of an order, extended or not."""
    order = Rectification.objects.select_for_update().get(pk=key)
    order.due_on, order.due_provisional = due_on, provisional
    order.save()


def second_order(key: str, due_on: date, provisional: bool) -> None:
    """Write the last day of a second order; that it is provisional stands on its clock."""
    order = Rectification.objects.select_for_update().get(pk=key)
    order.second_due_on = due_on
    order.save()
