"""Bring text and query to one form, and cut it into the pairs of characters that the index knows."""

import re
import unicodedata

from disclosure.search.simplified import SIMPLIFIED

INVISIBLE = dict.fromkeys([0x00, 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
GAP = re.compile(r"[^\w〔〕()]+", re.UNICODE)
BRACKETS = str.maketrans("[]【】", "〔〕〔〕")


def normalise(text: str) -> str:
    """
    This will fold width, case and traditional forms, and leave one blank where punctuation or space stood.

    It serves matching only: stored text is never changed by it, since NFKC would rewrite the punctuation of an
    official document.
    """
    folded = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold().translate(BRACKETS)
    return GAP.sub(" ", folded.translate(SIMPLIFIED)).strip()


def grams(haystack: str, singles: str = "") -> list[str]:
    """This will list, sorted and once each, the pairs of neighbours in a normalised text, and the single characters of ``singles``."""
    found = {word[at : at + 2] for word in haystack.split() for at in range(len(word) - 1)}
    found.update(character for character in singles if not character.isspace())
    return sorted(found)


def terms(query: str, *, most: int = 8) -> list[str]:
    """This will part a query into at most ``most`` normalised words, each once, in the order given."""
    return list(dict.fromkeys(normalise(query).split()))[:most]


def grams_of_term(term: str) -> list[str]:
    """This will list the pairs a document must hold to contain the word; one character stands for itself."""
    return grams(term) if len(term) > 1 else [term]
