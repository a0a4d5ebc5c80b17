"""The public site and its API."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS
from accounts.rows.making import OPEN, api, page

ROWS = (
    *(
        page(f"public:{name}", {ANONYMOUS}, OPEN)
        for name in (
            "home", "search", "document", "departments", "department", "verify", "verifier", "changes", "about", "terms",
            "accessibility", "appearance", "robots", "sitemap", "sitemap_part",
        )
    ),
    *(
        api(f"public_api:{name}", {ANONYMOUS}, OPEN)
        for name in ("documents", "document", "document_proof", "heads", "consistency", "changes")
    ),
    api("public_api:export", {"client:disclosures:read"}, _("整批取走公示文书只供授权范围含 disclosures:read 的客户端")),
)  # fmt: skip
