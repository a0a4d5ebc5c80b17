"""API clients: a system administrator asks for one with its scopes, a security administrator confirms, the secret shows once."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.identifiers import naming
from accounts.models import AdminProposal, ApiClient, Department
from accounts.scopes import SCOPES
from accounts.services import second_person
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid


def propose(
    *,
    actor: Actor,
    name: str,
    department: Department,
    scopes: Iterable[str],
    purpose: str,
    reason: str,
    now: datetime,
    client: ApiClient | None = None,
) -> AdminProposal:
    """Ask for a new client, or (with `client`) for other scopes and purpose of one we have.

    :raises Invalid: for an unknown scope, none at all, an empty name or purpose.
    """
    wanted = sorted(set(scopes))
    facts = {
        "name": naming.clean(name, label=_("客户端名称"), longest=120),
        "scopes": wanted,
        "purpose": purpose.strip(),
    }
    return second_person.propose(
        actor=actor,
        name="people:change_client" if client else "people:register_client",
        kind=AdminProposal.Kind.CLIENT,
        reason=reason,
        now=now,
        check=lambda: _check(wanted, purpose),
        department=department,
        client=client,
        facts=facts,
    )


def carry_out(proposal: AdminProposal) -> ApiClient:
    """Make or change the client of a confirmed proposal; call it inside the act that confirms. It has no secret yet."""
    client = proposal.client or ApiClient(
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        client_secret=secrets.token_urlsafe(48),
        department=proposal.department,
    )
    client.name = str(proposal.facts["name"])
    client.scopes = list(proposal.facts["scopes"])
    client.purpose = str(proposal.facts["purpose"])
    client.save()
    if proposal.client_id is None:
        proposal.client = client
        proposal.save()
    return client


def renew_secret(*, actor: Actor, client: ApiClient, now: datetime) -> str:
    """Give the client a new secret and return it; only its hash is kept, so this is the one time it can be shown.

    :raises Conflict: where the client is stopped.
    """
    with permitted(kind="accounts.renew_secret", actor=actor, name="people:renew_secret", obj=client, now=now):
        if not client.is_enabled:
            raise Conflict(_("客户端已停用，不能更换密钥"))
        secret = secrets.token_urlsafe(48)
        client.client_secret = secret
        client.save()
    return secret


def stop(*, actor: Actor, client: ApiClient, reason: str, now: datetime) -> ApiClient:
    """Stop a client at once: it gets no token, and the tokens it has open nothing.

    :raises Invalid: without a reason. :raises Conflict: where it is stopped already.
    """
    with permitted(
        kind="accounts.stop_client", actor=actor, name="people:stop_client", obj=client, now=now, reason=reason
    ):
        if not reason.strip():
            raise Invalid(_("请写明理由"), field="reason")
        if not client.is_enabled:
            raise Conflict(_("客户端已经停用"))
        client.is_enabled = False
        client.save()
    return client


def _check(scopes: list[str], purpose: str) -> None:
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Invalid(_("请从列表中选择授权范围，至少一项"), field="scopes")
    if not purpose.strip() or len(purpose.strip()) > 200:
        raise Invalid(_("请写明用途，最多 200 字"), field="purpose")
