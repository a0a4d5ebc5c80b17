"""The receipt: sixteen digits and eight letters that open a thread, 93 bits, shown once and kept only as digests.

Both follow from the random number of the form they were sent with, so that the same form sent twice gives the same receipt.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from django.conf import settings

from ledger.suites import seal

NONCE = 16
DIGITS, LETTERS = 16, 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
MEANT = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Slip:
    """A receipt in clear; it exists only while it is shown."""

    number: str
    code: str

    @property
    def spaced(self) -> tuple[str, str]:
        """The two as they are shown: in groups of four."""
        return (
            " ".join(self.number[at : at + 4] for at in range(0, DIGITS, 4)),
            f"{self.code[:4]}-{self.code[4:]}",
        )


def new_nonce() -> bytes:
    """This will give the random number of a fresh form."""
    return os.urandom(NONCE)


def of(nonce: bytes) -> Slip:
    """This will give the receipt of a form."""
    told = hmac.digest(settings.SECRET_KEY.encode(), b"complaint receipt\x00" + nonce, hashlib.sha256)
    letters = int.from_bytes(told[16:24], "big")
    code = "".join(ALPHABET[letters >> 5 * place & 31] for place in range(LETTERS))
    return Slip(f"{int.from_bytes(told[:16], 'big') % 10**DIGITS:0{DIGITS}d}", code)


def read(number: str, code: str) -> Slip:
    """This will read a receipt as typed: spaces, hyphens, small letters and full-width signs do not matter."""
    return Slip(_plain(number), _plain(code).translate(MEANT))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text[:64]).upper() if sign.isalnum())


def lookup(slip: Slip) -> bytes:
    """This will give the keyed digest under which a receipt's number is found."""
    return seal.lookup(slip.number, purpose="complaint.receipt")


def slow_hash(slip: Slip) -> str:
    """This will give the slow hash of a receipt's code, bound to its number and to a key the database does not hold."""
    return _hasher().hash(_peppered(slip))


def fits(slip: Slip, code_hash: str | None) -> bool:
    """This will check a code; where the number is unknown it costs the same time and says no."""
    try:
        _hasher().verify(code_hash or _nobody(), _peppered(slip))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return code_hash is not None


def _peppered(slip: Slip) -> bytes:
    return seal.lookup(f"{slip.number}|{slip.code}", purpose="complaint.code")


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(os.urandom(32))


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    cost = settings.RECEIPT_COST
    return PasswordHasher(time_cost=cost["time_cost"], memory_cost=cost["memory_cost"], parallelism=cost["parallelism"])
