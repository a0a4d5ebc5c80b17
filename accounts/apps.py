"""Application configuration of the accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts import places, told
from accounts.places import Thing
from accounts.told import Kind
from ledger import coverage

EXEMPT = {
    "admin.logentry": "stays empty: nothing can be changed on the support site",
    "accounts.signinthrottle": "counters of failed sign-ins; each failure of a known account has its own entry",
    "accounts.secondfactor": "the last used step changes with each sign-in; enrolling and removing are entries",
    "auth.permission": "not consulted: rights come from the access policy",
    "auth.group": "not consulted: rights come from the access policy",
    "auth.group_permissions": "not consulted: rights come from the access policy",
    "contenttypes.contenttype": "a list of tables kept by the framework",
    "sessions.session": "sessions come and go; signing in and out are entries",
    "oauth2_provider.accesstoken": "tokens live an hour and open only what the covered client row allows",
    "oauth2_provider.refreshtoken": "not used: client credentials give no refresh token",
    "oauth2_provider.grant": "not used: there is no authorisation code flow",
    "oauth2_provider.idtoken": "not used: OpenID is off",
    "oauth2_provider.devicegrant": "not used: there is no device flow",
}
"""Tables of this room, and of the libraries behind its sign-in, that the log does not answer for, each with its reason."""


KINDS = {
    "accounts.department": Kind(_("部门"), "people:department", "name", "uscc"),
    "accounts.official": Kind(_("公职人员"), "people:official", "person__name"),
    "accounts.user": Kind(_("账号"), "people:user", "username"),
    "accounts.person": Kind(_("自然人"), title="name"),
    "accounts.adminproposal": Kind(_("待复核事项")),
    "accounts.apiclient": Kind(_("接口客户端"), "people:client", "name"),
    "accounts.recusal": Kind(_("回避")),
}
"""How the things of this room are told in the audit page."""


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "accounts"

    def ready(self) -> None:
        """Tell the ledger which tables it need not answer for, and the audit page how to name our things."""
        for label, reason in EXEMPT.items():
            coverage.exempt(label, reason)
        for object_type, kind in KINDS.items():
            told.register(object_type, kind)
        for name in ("official", "reveal", "add_post"):
            places.register(f"people:{name}", Thing("accounts.official", person="person_id"))
