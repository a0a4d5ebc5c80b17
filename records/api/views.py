"""Records over HTTP: lists and records for people and clients, acts for people."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.keyset import KeysetPaging
from accounts.models import User
from ledger.refusals import Missing, Stale
from records.api import versions
from records.api.acting import ACTS
from records.api.serializers import ActSerializer, RecordDetailSerializer, RecordSerializer
from records.models import RECOGNISED, DishonestyRecord
from records.models.querysets import RecordQuerySet
from rules import clock

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description='版本，如 "3"')


def visible(request: Request) -> RecordQuerySet:
    """
    Return what the caller may read: a person as on the pages, a client the decided records of its department's tree.

    Records of natural persons are not for clients (domain 8: off unless a catalogue entry gives the basis).
    """
    rows: RecordQuerySet = DishonestyRecord.objects.all()
    token = cast(Any, request.auth)
    if token is None:
        return rows.visible_to(cast(User, request.user), clock.now())
    place = token.application.department
    return rows.filter(is_person=False, state__in=RECOGNISED, department__path__startswith=place.path)


def found(request: Request, record_id: UUID) -> DishonestyRecord:
    """
    Return one record the caller may read.

    :raises Missing: there is none, or none for him; both look the same
    """
    record = visible(request).filter(pk=record_id).first()
    if record is None:
        raise Missing(_("没有这件记录"))
    return cast(DishonestyRecord, record)


@extend_schema(
    tags=["records"], summary="政务失信记录", description="工作人员按职责可见；客户端须有授权范围 records:read。"
)
class RecordList(ListAPIView[DishonestyRecord]):
    """The records the caller may read, newest first."""

    serializer_class = RecordSerializer
    pagination_class = KeysetPaging
    keyset = ("-registered_on", "-id")
    parameters = ("state",)

    def get_queryset(self) -> Any:
        """Return the records, of one state where asked."""
        state = self.request.query_params.get("state")
        return visible(self.request).filter(state=state) if state else visible(self.request)


class Record(APIView):
    """One record, with its version as ETag."""

    @extend_schema(tags=["records"], summary="一件政务失信记录", responses=RecordDetailSerializer)
    def get(self, request: Request, record_id: UUID) -> Response:
        """Tell the record."""
        record = found(request, record_id)
        return Response(RecordDetailSerializer(record).data, headers={"ETag": versions.tag(record)})


class Act(APIView):
    """One act on one record: the version goes in If-Match, what is refused comes back as a problem."""

    @extend_schema(
        tags=["records"],
        summary="办理一件记录",
        parameters=[IF_MATCH],
        request=ActSerializer,
        responses=RecordDetailSerializer,
    )
    def post(self, request: Request, record_id: UUID, action: str) -> Response:
        """Do it, and tell the record as it stands then."""
        record = found(request, record_id)
        act = ACTS.get(action)
        if act is None:
            raise Missing(_("没有这一项办理"))
        version = versions.wanted(request.headers.get("If-Match"))
        told = ActSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        try:
            moved = act(cast(User, request.user), record, version, told.validated_data, clock.now())
        except Stale as stale:
            raise versions.PreconditionFailed(stale.message) from stale
        return Response(RecordDetailSerializer(moved).data, headers={"ETag": versions.tag(moved)})
