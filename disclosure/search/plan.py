"""
Choose how a search will run, before it runs.

Measured at 500,000 documents: the index of pairs answers a rare word in 10 ms and a common one in 200; a walk along the
dates answers a common word in 6 ms and a rare one in more than a second. No single plan is good for all words, and the
database cannot tell, since it assumes that pairs of characters are independent. So the choice is made here, from a kept
table of frequencies.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from disclosure.search import text

RARE_PER_MILLION = 2000  # what is rarer is not kept in the table
INDEX_COST = 3.0  # microseconds a matching row costs: bitmap, fetch, recheck, sort
WALK_COST = 4.0  # microseconds a walked row costs: fetch and compare


@dataclass(frozen=True)
class Plan:
    """How to search: ``index`` of pairs, or ``walk`` along the order of the list; ``rows`` is the number of matches expected."""

    way: Literal["index", "walk"]
    rows: float


def choose(*, terms: Sequence[str], per_million: Mapping[str, int], total: float, limit: int) -> Plan:
    """
    This will pick the cheaper way for a page of ``limit`` rows among ``total``.

    A word is at most as common as its rarest pair; words are taken as independent of each other.
    """
    share = math.prod(share_of(term, per_million) for term in terms)
    rows = share * total
    walk = min(total, limit / share) * WALK_COST
    return Plan("index" if rows * INDEX_COST <= walk else "walk", rows)


def share_of(term: str, per_million: Mapping[str, int]) -> float:
    """This will estimate which share of the documents holds the word (never nought, so that a plan can be costed)."""
    return min(per_million.get(gram, RARE_PER_MILLION // 2) for gram in text.grams_of_term(term)) / 1_000_000
