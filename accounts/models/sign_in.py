"""What guards the sign-in: counters of failures by (account, network), and the second factor."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device


class SignInThrottle(models.Model):
    """Failures of one account from one network. Both are keyed digests, so that the table names nobody.

    The pair is counted, not the account: a stranger cannot lock an officer out of his usual network.
    """

    id = models.BigAutoField(primary_key=True)
    pair = models.BinaryField(unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField()
    paused_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("登录限速")

    def __str__(self) -> str:
        return str(self.failures)


class SecondFactor(Device):
    """A TOTP authenticator (RFC 6238: 6 digits, 30 s) with its recovery codes; the key is sealed, codes are digests."""

    # The library finds the factor of a session by an integer key.
    id = models.BigAutoField(primary_key=True)
    key_sealed = models.BinaryField(editable=False)
    last_step = models.BigIntegerField(default=-1)
    recovery_digests = models.JSONField(default=list)
    enrolled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("动态口令")
        constraints = [models.UniqueConstraint(fields=["user"], name="one_second_factor_per_account")]

    def __str__(self) -> str:
        return str(self.user_id)
