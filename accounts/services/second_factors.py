"""The second factor: a TOTP authenticator (RFC 6238) with recovery codes, its key sealed, its codes kept as digests."""

import os
import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from accounts.models import SecondFactor, User
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.acts import act
from ledger.refusals import Conflict, Invalid
from ledger.suites import seal

TABLE = "accounts_secondfactor"
ISSUER = "政务诚信"
KEY_BYTES = 20
CODES = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U


def of(user: User) -> SecondFactor | None:
    """Return the account's factor, confirmed or begun, or None."""
    return SecondFactor.objects.filter(user=user).first()


def begin(*, actor: User) -> SecondFactor:
    """Make a new key that waits to be confirmed; a confirmed one must be removed first.

    :raises Conflict: where one is in use.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=actor).first()
        if factor is not None and factor.confirmed:
            raise Conflict(_("动态口令已经启用；更换手机请先停用"))
        factor = factor or SecondFactor(user=actor, name="totp")
        factor.confirmed = False
        factor.key_sealed = seal.seal(os.urandom(KEY_BYTES).hex(), table=TABLE, column="key_sealed")
        factor.last_step = -1
        factor.recovery_digests = []
        factor.save()
    return factor


def confirm(*, actor: User, token: str, now: datetime) -> list[str]:
    """Put the begun factor into use with a first code from the phone; return the recovery codes, shown this one time.

    :raises Invalid: where the code is wrong. :raises Conflict: where nothing was begun.
    """
    with act(kind="accounts.enrol_second_factor", actor=actor, role="", obj=actor, now=now):
        factor = SecondFactor.objects.select_for_update().filter(user=actor, confirmed=False).first()
        if factor is None:
            raise Conflict(_("请先开始设置动态口令"))
        if not _matches_totp(factor, token, now):
            raise Invalid(_("动态口令不对：请确认手机时间准确，填当前显示的 6 位数字"), field="token")
        codes = [_recovery_code() for _place in range(CODES)]
        factor.recovery_digests = [_digest(actor, code) for code in codes]
        factor.confirmed = True
        factor.enrolled_at = now
        factor.save()
    return codes


def verify(factor: SecondFactor, *, user: User, token: str, now: datetime) -> bool:
    """Say whether the token is the present code or an unused recovery code; this will use it up. Call it in a transaction."""
    row = SecondFactor.objects.select_for_update().get(pk=factor.pk)
    if not row.confirmed:
        return False
    if _matches_totp(row, token, now):
        row.save()
        return True
    digest = _digest(user, token)
    if digest not in row.recovery_digests:
        return False
    row.recovery_digests = [kept for kept in row.recovery_digests if kept != digest]
    row.save()
    return True


def stop(*, actor: User, token: str, now: datetime) -> None:
    """Take one's own factor out of use, with a last code from it.

    :raises Invalid: where the code is wrong. :raises Conflict: where none is in use.
    """
    with act(kind="accounts.stop_second_factor", actor=actor, role="", obj=actor, now=now):
        factor = SecondFactor.objects.filter(user=actor, confirmed=True).first()
        if factor is None:
            raise Conflict(_("没有启用动态口令"))
        if not verify(factor, user=actor, token=token, now=now):
            raise Invalid(_("动态口令不对：请确认手机时间准确，填当前显示的 6 位数字"), field="token")
        _clear(factor)


def reset(*, actor: Actor, user: User, now: datetime) -> None:
    """Take an account's factor out of use because its phone is lost (安全管理员); its holder sets up a new one.

    :raises Conflict: where none is in use.
    """
    with permitted(
        kind="accounts.reset_second_factor", actor=actor, name="people:reset_second_factor", obj=user, now=now
    ):
        factor = SecondFactor.objects.filter(user=user, confirmed=True).first()
        if factor is None:
            raise Conflict(_("该账号没有启用动态口令"))
        _clear(factor)


def provisioning_uri(factor: SecondFactor, *, username: str) -> str:
    """Return the `otpauth://` address an authenticator reads from the QR code."""
    label = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': shown_key(factor), 'issuer': ISSUER})}"


def shown_key(factor: SecondFactor) -> str:
    """Return the key in base32, for typing it in by hand."""
    return b32encode(_key(factor)).decode()


def _key(factor: SecondFactor) -> bytes:
    return bytes.fromhex(seal.unseal(bytes(factor.key_sealed), table=TABLE, column="key_sealed"))


def _matches_totp(factor: SecondFactor, token: str, now: datetime) -> bool:
    """A code of this step or the one beside it, and of a step later than the last one used: no code works twice."""
    digits = "".join(token.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    totp = TOTP(_key(factor))
    totp.time = now.timestamp()
    if not totp.verify(int(digits), tolerance=1, min_t=factor.last_step + 1):
        return False
    factor.last_step = totp.t()
    return True


def _clear(factor: SecondFactor) -> None:
    factor.confirmed = False
    factor.recovery_digests = []
    factor.key_sealed = seal.seal(os.urandom(KEY_BYTES).hex(), table=TABLE, column="key_sealed")
    factor.save()


def _recovery_code() -> str:
    text = "".join(secrets.choice(_ALPHABET) for _place in range(10))
    return f"{text[:5]}-{text[5:]}"


def _digest(user: User, code: str) -> str:
    plain = "".join(char for char in code.upper() if char.isalnum())
    return seal.lookup(f"{user.pk}|{plain}", purpose="second_factor.recovery").hex()
