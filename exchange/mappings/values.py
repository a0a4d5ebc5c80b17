"""How neutral values become the platform's text: amounts in 万元, days, flags, codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from exchange.mappings.table import Facts, Value

WAN = Decimal(10_000)
SIX_PLACES = Decimal("0.000001")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def wan_of(yuan: str | Decimal) -> str:
    """
    This will turn yuan into 万元 with six decimals (domain 3.5: decimal(18,6)); nothing is lost, a fen is 0.000001.

    :raises ValueError: the text is not an amount, or has more than two decimals
    """
    try:
        amount = Decimal(yuan)
    except InvalidOperation as broken:
        raise ValueError(f"not an amount in yuan: {yuan!r}") from broken
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"not an amount in yuan with at most two decimals: {yuan!r}")
    return str((amount / WAN).quantize(SIX_PLACES))


def text(name: str) -> Value:
    """This will pass a text on unchanged."""
    return Value(name, lambda facts: _text_or_none(facts.get(name)))


def wan(name: str) -> Value:
    """This will pass an amount in yuan on in 万元; what is not an amount goes on as it is, for the check to name."""

    def value(facts: Facts) -> str | None:
        given = facts.get(name)
        if given is None:
            return None
        try:
            return wan_of(str(given))
        except ValueError:
            return str(given)

    return Value(name, value)


def flag(name: str) -> Value:
    """This will give ``1`` for true, ``0`` for false, nothing where nobody said."""
    return Value(name, lambda facts: None if name not in facts.fields else str(int(bool(facts.fields[name]))))


def coded(name: str, table: dict[str, str]) -> Value:
    """This will translate a code; one the table does not know goes on as it is, for the check to name."""

    def value(facts: Facts) -> str | None:
        given = _text_or_none(facts.get(name))
        return given if given is None else table.get(given.lower(), given)

    return Value(name, value)


def listed(name: str) -> Value:
    """This will join several codes with commas."""

    def value(facts: Facts) -> str | None:
        given = facts.get(name)
        return None if given is None else ",".join(sorted(str(code) for code in given))

    return Value(name, value)


def header(part: str) -> Value:
    """This will take a value from the report's own header."""

    def value(facts: Facts) -> str | None:
        given = getattr(facts, part)
        if isinstance(given, datetime):
            return given.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        return given.isoformat() if isinstance(given, date) else str(given)

    return Value("", value)


def constant(told: str, when: Callable[[Facts], bool]) -> Value:
    """This will give a fixed text where the condition holds."""
    return Value("", lambda facts: told if when(facts) else None)


def derived(name: str, read: Callable[[Facts], str]) -> Value:
    """This will make a value out of a neutral field by a rule of the mapping's own."""
    return Value(name, read)


def _text_or_none(given: object) -> str | None:
    return None if given is None else str(given)
