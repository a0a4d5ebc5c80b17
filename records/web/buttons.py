"""The buttons of a record, drawn from its table of arrows: open ones lead to their page, closed ones say why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts import marks
from accounts.models import User
from records.models import DishonestyRecord
from records.web.cases.buttons import Button, Buttons
from records.workflow import guards
from records.workflow.record import RECORD
from rules import explaining
from rules.workflow import Arrow, GuardContext, Offer

PAGES = {
    "submit": "records:submit",
    "edit": "records:edit",
    "pass_on": "records:pass_on",
    "pass_heard": "records:pass_on",
    "deliver_notice": "records:deliver",
    "recognise": "records:recognise",
    "publish": "records:publish",
    "publish_official": "records:publish_official",
    "take_statement": "records:state",
    "waive_statement": "records:waive",
    "send_back": "records:send_back",
    "return_to_clerk": "records:return_to_department",
    "recall": "records:recall",
    "reject": "records:reject",
    "correct": "records:correct",
    "flag_litigation": "records:flag_litigation",
    "clear_litigation": "records:clear_litigation",
    "withdraw": "records:withdraw",
    "publish_notice": "records:publish_notice",
}
"""The page of each act, in the order the buttons stand."""

MAIN = ("submit", "pass_on", "pass_heard", "deliver_notice", "recognise", "publish", "publish_official")
GRAVE = frozenset({"withdraw", "reject"})
IMPARTIAL = (guards.impartial, guards.impartial_or_subject)


def of(*, user: User, record: DishonestyRecord, now: datetime) -> Buttons:
    """This will ask the machine once and sort its answers into buttons."""
    offers = [each for each in RECORD.offers(record, actor=user, now=now) if _fits(each, record)]
    offers.sort(key=lambda each: list(PAGES).index(each.arrow.action))
    main = next((each.arrow.action for each in offers if each.open and each.arrow.action in MAIN), "")
    here = [each for each in offers if record.state in each.arrow.sources]
    return Buttons(
        here=[_button(each, record, main) for each in sorted(here, key=lambda each: not each.open)],
        elsewhere=[_button(each, record, main) for each in offers if record.state not in each.arrow.sources],
    )


def may(buttons: Buttons, actions: Iterable[str]) -> bool:
    """This will say whether one of these acts is open."""
    return any(each.action in actions for each in buttons.open)


def recused(*, user: User, record: DishonestyRecord, actions: Iterable[str], now: datetime) -> str:
    """This will say why a person must stay away (回避) from acts he would start, or nothing."""
    arrows = [RECORD.arrows[action] for action in actions]
    found = (
        tied(user=user, record=record, arrow=each, roles=each.signatures[:1] or each.roles, now=now) for each in arrows
    )
    return next((why for why in found if why), "")


def tied(*, user: User, record: DishonestyRecord, arrow: Arrow, roles: tuple[str, ...], now: datetime) -> str:
    """This will say why a person who holds one of the roles must stay away from an arrow, or nothing."""
    stands = RECORD.standing_of(record, user, now)
    if why := stands.refusal(arrow, None, now, roles):
        return why if why == stands.tie else ""
    asked = GuardContext(record, user, now, offering=True)
    refusals = (guard(asked) for guard in arrow.guards if guard in IMPARTIAL)
    return next((str(each) for each in refusals if each), "")


def actions_of(page: str) -> tuple[str, ...]:
    """This will name the acts a page is the form of."""
    return tuple(action for action, name in PAGES.items() if name == page)


def _fits(offer: Offer, record: DishonestyRecord) -> bool:
    """Of two arrows that exclude each other by the nature of the record, only the fitting one is a button."""
    never = {
        "pass_on": record.prior_hearing_by_source,
        "pass_heard": not record.prior_hearing_by_source,
        "publish": record.is_person,
        "publish_official": not record.is_person,
        "flag_litigation": record.under_litigation,
        "clear_litigation": not record.under_litigation,
    }
    return offer.arrow.action in PAGES and not never.get(offer.arrow.action, False)


def _button(offer: Offer, record: DishonestyRecord, main: str) -> Button:
    arrow = offer.arrow
    return Button(
        action=arrow.action,
        label=str(arrow.label),
        target=str(marks.mark("record", arrow.target).word) if arrow.target else "",
        text=explaining.filled(arrow.consequence) if offer.open else offer.why,
        url=reverse(PAGES[arrow.action], args=[record.pk]),
        is_open=offer.open,
        is_main=arrow.action == main,
        is_grave=arrow.action in GRAVE,
    )
