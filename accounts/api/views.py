"""API operations of this room: tokens for clients, and officials for those whose scope names them."""

from base64 import b64decode
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework.generics import ListAPIView

from accounts import network
from accounts.api import problems
from accounts.api.keyset import KeysetPaging
from accounts.api.permissions import Caller
from accounts.api.serializers import OfficialSerializer
from accounts.models import ApiClient, Department, Official
from accounts.services import throttling
from ledger.acts import act
from ledger.refusals import Refused

CLIENT_CREDENTIALS = "client_credentials"


@method_decorator(csrf_exempt, name="dispatch")
class Token(OAuthLibMixin, View):
    """Give a token of one hour for client credentials (RFC 6749, 4.4), and for nothing else."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer as RFC 6749 says; wrong secrets are counted by client and network and soon have to wait."""
        client_id, where, now = _client_id(request), network.of(request), timezone.now()
        if request.POST.get("grant_type") != CLIENT_CREDENTIALS:
            detail = _("grant_type 只支持 client_credentials")
            return problems.answer(
                status=400, code="unsupported_grant_type", detail=detail, error="unsupported_grant_type"
            )
        try:
            throttling.check(username=f"client:{client_id}", network=where, now=now)
        except Refused as refusal:
            return problems.answer(status=refusal.status, code=refusal.code, detail=refusal.message)
        _url, headers, body, status = self.create_token_response(request)
        if status == 401:
            with transaction.atomic():
                throttling.failed(username=f"client:{client_id}", network=where, now=now)
        elif status == 200:
            self._note(client_id)
        return HttpResponse(body, status=status, headers=headers)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 405 as a problem."""
        return problems.answer(
            status=405, code="method_not_allowed", detail=_("这个地址只支持 POST"), headers={"Allow": "POST"}
        )

    @staticmethod
    def _note(client_id: str) -> None:
        client = ApiClient.objects.get(client_id=client_id)
        with act(kind="accounts.issue_token", actor=Caller(), role="client", obj=client, now=timezone.now()):
            pass


@extend_schema(tags=["officials"], summary="公职人员（不含号码）", description="需要授权范围 officials:read。")
class OfficialList(ListAPIView):  # type: ignore[type-arg]
    """Officials with their posts; no number of any kind."""

    serializer_class = OfficialSerializer
    pagination_class = KeysetPaging
    keyset = ("id",)
    parameters = ("department",)

    def get_queryset(self) -> Any:
        """Return the officials, of one department where asked: `department=` its credit code, or one it bore before."""
        rows = Official.objects.select_related("person", "department").prefetch_related("posts__department")
        code = self.request.query_params.get("department")
        return rows.filter(department__in=Department.objects.coded(code)) if code else rows


def _client_id(request: HttpRequest) -> str:
    """The client that asks, from the header or the form, only to count its failures."""
    given = request.POST.get("client_id", "")
    header = request.headers.get("Authorization", "")
    if given or not header.startswith("Basic "):
        return given[:100]
    try:
        return b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")[0][:100]
    except ValueError:
        return ""
