"""The day counts the public pages name, as they hold today (domain 2.4)."""

from __future__ import annotations

from records.workflow.complaints import clocks
from rules import clock, parameters

NAMED = {
    "register": clocks.REGISTER,
    "accept": clocks.ACCEPT_OWN,
    "finish": clocks.FINISH,
    "extend": clocks.EXTENDED,
    "close": clocks.CLOSING,
}


def today() -> dict[str, int]:
    """This will give each count by the name the templates use."""
    on = clock.local_day(clock.now())
    return {name: int(parameters.value(rule, on=on)) for name, rule in NAMED.items()}
