"""Acts of administration that need two persons: what one security administrator asked for and another answered."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered


class AdminProposal(Covered):
    """A grant, revocation, tree move, corrected code or widening of an API client that waits for a second person for 24 hours."""

    class Kind(models.TextChoices):
        """What is asked for."""

        GRANT = "grant", _("授予角色")
        REVOKE = "revoke", _("收回角色")
        MOVE = "move", _("调整隶属关系")
        CODE = "code", _("更正统一社会信用代码")
        CLIENT = "client", _("登记或变更接口客户端")

    class State(models.TextChoices):
        """How it went; a proposal nobody answered in time counts as lapsed even before a job says so."""

        OPEN = "open", _("待复核")
        CONFIRMED = "confirmed", _("已生效")
        DECLINED = "declined", _("未同意")
        LAPSED = "lapsed", _("已失效")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", null=True, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey("accounts.RoleGrant", null=True, on_delete=models.PROTECT, related_name="proposals")
    client = models.ForeignKey("accounts.ApiClient", null=True, on_delete=models.PROTECT, related_name="proposals")
    facts = models.JSONField(default=dict)
    reason = models.CharField(_("理由"), max_length=500)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("待复核事项")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(decided_by=F("proposed_by")), name="proposal_has_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | ~Q(state="open"), name="open_proposal_is_undecided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.state}"
