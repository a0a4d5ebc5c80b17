"""The buttons of a case, drawn from its table of arrows: open ones lead to their page, closed ones say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import marks
from accounts.models import User
from rules import explaining
from rules.workflow import Offer

if TYPE_CHECKING:
    from records.web.cases.pages import CasePage


@dataclass(frozen=True)
class Button:
    """One arrow as the component prints it."""

    action: str
    label: str
    target: str
    text: str
    url: str
    is_open: bool
    is_main: bool = False
    is_grave: bool = False


@dataclass(frozen=True)
class Buttons:
    """What can be done now, what is closed now, and what belongs to other states."""

    here: list[Button]
    elsewhere: list[Button]

    @property
    def open(self) -> list[Button]:
        """The acts this person may do now."""
        return [each for each in self.here if each.is_open]

    @property
    def words(self) -> str:
        """How many can be done, for the bar on a phone."""
        return bar(self.here)


def bar(here: list[Button]) -> str:
    """This will say how many of a page's acts can be done, for the bar on a phone."""
    opened = sum(1 for each in here if each.is_open)
    return _("去办理：%(open)d 项可做，%(closed)d 项关闭") % {"open": opened, "closed": len(here) - opened}


def of(page: CasePage, *, user: User, now: datetime) -> Buttons:
    """This will ask the machine once and sort its answers into buttons."""
    case, order = page.case, list(page.acts)
    offers = [
        each
        for each in page.kind.machine.offers(case, actor=user, now=now)
        if each.arrow.action in page.acts and not page.hidden(each.arrow.action)
    ]
    offers.sort(key=lambda each: order.index(each.arrow.action))
    main = next((each.arrow.action for each in offers if each.open and each.arrow.action in page.main), "")
    here = [each for each in offers if case.state in each.arrow.sources]
    return Buttons(
        here=[_button(page, each, main) for each in sorted(here, key=lambda each: not each.open)],
        elsewhere=[_button(page, each, main) for each in offers if case.state not in each.arrow.sources],
    )


def _button(page: CasePage, offer: Offer, main: str) -> Button:
    arrow: Any = offer.arrow
    return Button(
        action=arrow.action,
        label=str(arrow.label),
        target=str(marks.mark(page.kind.name, arrow.target).word) if arrow.target else "",
        text=explaining.filled(arrow.consequence) if offer.open else offer.why,
        url=reverse(page.acts[arrow.action], args=[page.case.pk]),
        is_open=offer.open,
        is_main=arrow.action == main,
        is_grave=arrow.action in page.grave,
    )
