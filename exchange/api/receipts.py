"""POST /api/v1/receipts/: the platform's call-back, taken on its signature alone and applied once."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exchange import callbacks
from exchange.models import Verdict
from exchange.transports import signing
from rules import clock

LARGEST = 1024 * 1024
HEADERS = {
    signing.CLIENT: "客户端编号",
    signing.MOMENT: "签名时刻，Unix 秒；与本平台相差不得超过 300 秒",
    signing.NONCE: "一次性随机串",
    signing.SIGNATURE: "HMAC-SHA-256（十六进制），依次覆盖 POST、路径、Content-Digest、时刻、随机串、message_id，以换行分隔",
}


class ReceiptItem(serializers.Serializer[object]):
    """The platform's word about one delivery."""

    key = serializers.UUIDField(help_text="报送编号（幂等键）")
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    number = serializers.CharField(max_length=64)
    digest = serializers.CharField(max_length=64, help_text="平台收到的字节的 SHA-256")
    code = serializers.CharField(required=False)
    field = serializers.CharField(required=False)
    message = serializers.CharField(required=False)
    warning = serializers.CharField(required=False)
    platform_id = serializers.CharField(required=False)


class CallBack(serializers.Serializer[object]):
    """One call-back."""

    message_id = serializers.CharField(max_length=64)
    items = ReceiptItem(many=True)


class CallBackAnswer(serializers.Serializer[object]):
    """What was done with it; a repeat gets the same answer."""

    message_id = serializers.CharField()
    received = serializers.IntegerField()
    applied = serializers.IntegerField()


class Receipts(APIView):
    """Where the platform leaves its cleaning results."""

    authentication_classes = ()  # no cookie and no token is read here; the signature is what counts

    @extend_schema(
        operation_id="receipts_create",
        summary="平台回执（凭签名）",
        request=CallBack,
        responses=CallBackAnswer,
        parameters=[
            OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True, description=told)
            for name, told in HEADERS.items()
        ],
    )
    def post(self, request: Request) -> Response:
        """Verify, apply, answer; a repeat of the same message gets the same answer."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise callbacks.TooLarge(_("回调正文不能超过 1 MB"))
        now = clock.now()
        message = callbacks.read(body=request._request.body, path=request.path, headers=request.headers, now=now)
        return Response(callbacks.apply(message, now=now))
