"""Commitments and their details."""

from django.utils.translation import gettext_lazy as _

from accounts.access import Row
from accounts.rows.making import page

ROWS: tuple[Row, ...] = (page("commitments:details", {"clerk"}, _("专项信息由作出承诺的单位的填报人填写")),)
