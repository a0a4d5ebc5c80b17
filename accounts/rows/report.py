"""The reporters' own pages, and the custody of who they are."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS, Row
from accounts.rows.making import page

ANYBODY = _("任何人都可以投诉举报，不用登录，不记录是谁")
RECEIPT = _("凭回执号和查询码，任何人都可以看自己那一件的状态和答复")

ROWS: tuple[Row, ...] = (
    page("report:report", {ANONYMOUS}, ANYBODY),
    *(page(f"report:{name}", {ANONYMOUS}, RECEIPT) for name in ("ask", "say", "rate", "slip")),
)
