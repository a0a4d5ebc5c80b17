"""Officials, their dated posts, and who answers for a department as its first responsible person."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.ranks import Leadership, PersonnelKind, Rank
from ledger.covered import Covered


class Official(Covered):
    """A person in public service, as the personnel office keeps him."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="official")
    personnel_kind = models.CharField(_("人员类别"), max_length=16, choices=PersonnelKind.choices)
    rank_code = models.CharField(_("职级"), max_length=3, choices=Rank.choices, blank=True)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="officials")

    class Meta:
        verbose_name = _("公职人员")

    def __str__(self) -> str:
        return str(self.person)


class Post(Covered):
    """A post held from a day to a day; the last day is the first on which it was no longer held."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("职务"), max_length=60)
    leadership_code = models.CharField(_("领导职务层次"), max_length=3, choices=Leadership.choices)
    held_from = models.DateField(_("任职日期"))
    held_to = models.DateField(_("免职日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gt=F("held_from")), name="post_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title


class FirstResponsiblePerson(Covered):
    """第一责任人 of a department for a time; never two at once (an exclusion constraint holds that)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="heads")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="headships")
    held_from = models.DateField(_("起"))
    held_to = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("第一责任人")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gt=F("held_from")), name="headship_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_id}:{self.official_id}"
