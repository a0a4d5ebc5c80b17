"""Departments: a tree of governments and their bureaus, with dated names and parents.

`name`, `parent` and `path` are those of today; what they were on another day is in the dated rows, so that an old record
keeps the name its department had, while scope follows the tree as it stands.
"""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models.official import FirstResponsiblePerson, Official
from ledger import memory
from ledger.covered import Covered, CoveredQuerySet


def holding_on(day: date, *, start: str, end: str) -> Q:
    """Return the condition that `day` lies in [start, end), an empty end meaning for ever."""
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}))


class DepartmentQuerySet(CoveredQuerySet):
    """Departments by their place in the tree."""

    def within(self, department: "Department") -> "DepartmentQuerySet":
        """Return the department and everything below it."""
        return self.filter(path__startswith=department.path)

    def below(self, department: "Department") -> "DepartmentQuerySet":
        """Return everything below the department, not itself."""
        return self.within(department).exclude(pk=department.pk)

    def existing_on(self, day: date) -> "DepartmentQuerySet":
        """Return the departments that exist on `day`."""
        return self.filter(holding_on(day, start="valid_from", end="valid_to"))

    def coded(self, *codes: str) -> "DepartmentQuerySet":
        """Return the departments that bear one of these credit codes, or bore it until it was corrected."""
        former = DepartmentCode.objects.filter(code__in=codes).values("department_id")
        return self.filter(Q(uscc__in=codes) | Q(pk__in=former))

    def by_code(self, codes: "Collection[str]") -> "dict[str, Department]":
        """Return the department each of these codes is, or was, that of; this will leave out codes of none."""
        units = self.coded(*codes).prefetch_related("former_codes")
        every = ((code, unit) for unit in units for code in unit.every_code())
        return {code: unit for code, unit in every if code in codes}


class Department(Covered):
    """A government, bureau, institution or enterprise in the tree."""

    class Level(models.TextChoices):
        """Level of government."""

        PROVINCE = "PROVINCE", _("省级")
        CITY = "CITY", _("市级")
        COUNTY = "COUNTY", _("县级")
        TOWN = "TOWN", _("乡级")

    class Kind(models.TextChoices):
        """What sort of unit it is; it decides which credit codes may be its own."""

        GOVERNMENT = "government", _("人民政府")
        ORGAN = "organ", _("机关")
        INSTITUTION = "institution", _("事业单位")
        GROUP = "group", _("群众团体")
        ENTERPRISE = "enterprise", _("企业")
        OTHER = "other", _("其他")

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("名称"), max_length=120)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    level = models.CharField(_("层级"), max_length=8, choices=Level.choices)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    division_code = models.CharField(_("行政区划代码"), max_length=9)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, editable=False, default="/")
    is_credit_lead = models.BooleanField(_("社会信用体系建设牵头部门"), default=False)
    serial_prefix = models.CharField(_("编号字头"), max_length=8, unique=True)
    valid_from = models.DateField(_("设立日期"))
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="department_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="department_is_not_its_own_parent"),
            models.UniqueConstraint(
                fields=["parent"], condition=Q(is_credit_lead=True), name="one_credit_lead_per_government"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="department_by_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name

    @property
    def superior(self) -> "Department | None":
        """The department directly above today; load with `select_related("parent")`."""
        return self.parent

    @property
    def ancestor_ids(self) -> list[int]:
        """Keys of the departments above, root first, without its own."""
        return [int(key) for key in self.path.strip("/").split("/")[:-1]]

    def every_code(self) -> list[str]:
        """Return its present code and those it bore before; load with `prefetch_related("former_codes")`."""
        return [self.uscc, *(former.code for former in self.former_codes.all())]

    def ancestors(self) -> "list[Department]":
        """Return the departments above it today, root first, without itself; this will run one query."""
        return list(Department.objects.filter(pk__in=self.ancestor_ids).order_by("path"))

    def is_within(self, other: "Department") -> bool:
        """Say whether it is `other` or lies below it."""
        return self.path.startswith(other.path)

    def name_on(self, day: date) -> str:
        """Return the name it had on `day`; this will fall back to its earliest name before its first day."""
        names = self.names.order_by("valid_from")
        return next(
            (row.name for row in names.reverse() if row.valid_from <= day), names.values_list("name", flat=True)[0]
        )

    def credit_lead(self) -> "Department | None":
        """Return the credit lead office of its region: that of the nearest government at or above it that has one."""
        places = [self.pk, *reversed(self.ancestor_ids)]
        leads = {lead.parent_id: lead for lead in Department.objects.filter(is_credit_lead=True, parent__in=places)}
        return next((leads[place] for place in places if place in leads), None)

    def head_on(self, day: date) -> Official | None:
        """Return who was the first responsible person (第一责任人) on `day`, or None where nobody was appointed."""
        return memory.for_page(("head", self.pk, day), lambda: self._head_on(day))

    def _head_on(self, day: date) -> Official | None:
        held = FirstResponsiblePerson.objects.filter(department=self).filter(
            holding_on(day, start="held_from", end="held_to")
        )
        row = held.select_related("official__person").first()
        return row.official if row else None

    def children_today(self) -> "QuerySet[Department]":
        """Return the departments directly below, by level and name of code."""
        return Department.objects.filter(parent=self).order_by("kind", "division_code", "id")


class DepartmentName(Covered):
    """A name a department had for a time; the last one is open."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("名称"), max_length=120)
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("部门名称")

    def __str__(self) -> str:
        return self.name


class DepartmentCode(Covered):
    """A credit code a department bore by mistake, until it was corrected; the present one stands in the department."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="former_codes")
    code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    ended_at = models.DateTimeField(_("更正时间"))

    class Meta:
        verbose_name = _("部门曾用代码")

    def __str__(self) -> str:
        return self.code


class DepartmentParent(Covered):
    """A place in the tree a department had for a time; the last one is open."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("上级部门")

    def __str__(self) -> str:
        return f"{self.department_id}<{self.parent_id}"
