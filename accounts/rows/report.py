"""The reporters' own pages, and the custody of who they are."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS, Row
from accounts.rows.making import page

ANYBODY = _("任何人都可以投诉举报，不用登录，不记录是谁")
ASKING = _("查看投诉人身份由办理人写明理由申请，只有申请人本人限时可看")
KEEPING = _("身份由保管人凭口令打开，保管人看不到投诉内容")
RECEIPT = _("凭回执号和查询码，任何人都可以看自己那一件的状态和答复")

ROWS: tuple[Row, ...] = (
    page("report:report", {ANONYMOUS}, ANYBODY),
    *(page(f"report:{name}", {ANONYMOUS}, RECEIPT) for name in ("ask", "say", "rate", "withdraw", "slip")),
    *(page(f"custody:{name}", {"handler"}, ASKING) for name in ("ask", "ask_original", "view", "original")),
    *(page(f"custody:{name}", {"custodian"}, KEEPING) for name in ("key", "release", "refuse")),
    *(page(f"custody:{name}", {"handler", "custodian"}, ASKING) for name in ("list", "request")),
)
