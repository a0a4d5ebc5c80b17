"""Ranks, leadership levels and kinds of personnel (职务与职级并行, 公务员法第十九条; 领导职务层次代码 GB/T 12407)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rank(models.TextChoices):
    """Ranks of the general class, highest first (公务员法第十九条)."""

    R01 = "R01", _("一级巡视员")
    R02 = "R02", _("二级巡视员")
    R03 = "R03", _("一级调研员")
    R04 = "R04", _("二级调研员")
    R05 = "R05", _("三级调研员")
    R06 = "R06", _("四级调研员")
    R07 = "R07", _("一级主任科员")
    R08 = "R08", _("二级主任科员")
    R09 = "R09", _("三级主任科员")
    R10 = "R10", _("四级主任科员")
    R11 = "R11", _("一级科员")
    R12 = "R12", _("二级科员")


class Leadership(models.TextChoices):
    """Levels of leadership posts."""

    MINISTER = "111", _("省部级正职")
    VICE_MINISTER = "112", _("省部级副职")
    BUREAU = "121", _("厅局级正职")
    VICE_BUREAU = "122", _("厅局级副职")
    COUNTY = "131", _("县处级正职")
    VICE_COUNTY = "132", _("县处级副职")
    TOWN = "141", _("乡科级正职")
    VICE_TOWN = "142", _("乡科级副职")
    STAFF = "150", _("科员级")
    CLERICAL = "160", _("办事员级")
    UNRANKED = "199", _("未定级")


class PersonnelKind(models.TextChoices):
    """Kinds of personnel; archives cover the first two by default."""

    CIVIL_SERVANT = "CIVIL_SERVANT", _("公务员")
    REFERENCED = "REFERENCED", _("参公人员")
    INSTITUTION = "INSTITUTION", _("事业单位人员")
    SOE = "SOE", _("国企管理人员")
    CONTRACT = "CONTRACT", _("聘用")
    OTHER = "OTHER", _("其他")
