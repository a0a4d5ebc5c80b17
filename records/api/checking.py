"""Credit checks over HTTP: a business system asks about units, or its own officials for awards, and reads its own answers."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.keyset import KeysetPaging
from accounts.models import ApiClient, Department, Official
from ledger.refusals import Missing
from records.api.check_serializers import CheckSerializer, DecisionSerializer, QuestionSerializer, RunSerializer
from records.models import CreditCheck
from records.services.archives import checks
from records.services.archives.checks import Question
from records.workflow.archives.restricting import Subject
from rules import clock
from rules.clock import local_day

ASKING = """需要授权范围 checks:write。同一客户端用同一 business_ref 再次请求，得到第一次的结果（200）；换了内容则答复 409。
单位按统一社会信用代码，个人按人员编号，任何主体都不能按姓名核查。单位只查得到正在公示的记录；个人只限本单位工作人员、
只为评优评先，且只答复结论、程度和限制措施。结果不能修改，按规定的年限保存；办理结果可以补登一次。"""


def client_of(request: Request) -> ApiClient:
    """Return the client that asks; the permission class let nobody else through."""
    found: ApiClient = cast(Any, request.auth).application
    return found


class CheckList(ListAPIView[CreditCheck]):
    """Ask, or read one's own answers, newest first."""

    serializer_class = CheckSerializer
    pagination_class = KeysetPaging
    keyset = ("-run__checked_at", "-id")
    parameters = ("business_ref",)

    def get_queryset(self) -> Any:
        """Return the answers given to this client, of one reference where asked."""
        rows = CreditCheck.objects.filter(run__client=client_of(self.request))
        ref = self.request.query_params.get("business_ref")
        rows = rows.filter(run__business_ref=ref) if ref else rows
        return rows.select_related("run", "subject_department", "official")

    @extend_schema(
        tags=["credit-checks"], summary="本客户端的核查结果", description="最新的在前；可按 business_ref 找。"
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["credit-checks"],
        summary="信用核查：一个主体或一份名单",
        description=ASKING,
        request=QuestionSerializer,
        responses={201: RunSerializer, 200: OpenApiResponse(RunSerializer, description="以前问过，答复第一次的结果")},
    )
    def post(self, request: Request) -> Response:
        """Check, and answer with a line for each subject."""
        client, now = client_of(request), clock.now()
        asked = QuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        question = Question(
            subjects=_subjects(told["asked"], client, on=local_day(now)),
            purpose=told["purpose"],
            legal_basis=told["legal_basis"],
            business_ref=told["business_ref"],
        )
        run, is_new = checks.run_for_client(client=client, question=question, now=now)
        return Response(RunSerializer(run).data, status=201 if is_new else 200)


class Check(APIView):
    """One answer."""

    @extend_schema(tags=["credit-checks"], summary="一个核查结果", responses=CheckSerializer)
    def get(self, request: Request, check_id: UUID) -> Response:
        """Tell it."""
        return Response(CheckSerializer(_own(request, check_id)).data)


class Decision(APIView):
    """What was done after a check."""

    @extend_schema(
        tags=["credit-checks"],
        summary="登记办理结果",
        description="只能登记一次；再次登记答复 409。",
        request=DecisionSerializer,
        responses=CheckSerializer,
    )
    def post(self, request: Request, check_id: UUID) -> Response:
        """Record it, once."""
        check = _own(request, check_id)
        told = DecisionSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        client, kept = client_of(request), told.validated_data
        decided = checks.decide(
            actor=checks.NOBODY,
            client=client,
            check=check,
            decision=kept["decision"],
            note=kept["note"],
            now=clock.now(),
        )
        return Response(CheckSerializer(decided).data)


def _own(request: Request, check_id: UUID) -> CreditCheck:
    rows = CreditCheck.objects.select_related("run__department", "subject_department", "official")
    found = rows.filter(pk=check_id, run__client=client_of(request)).first()
    if found is None:
        raise Missing(_("没有这个核查结果"))
    return found


def _subjects(asked: list[dict[str, Any]], client: ApiClient, *, on: Any) -> list[Subject]:
    """Find whom each entry names, in a few queries; every entry that names nobody is told at once."""
    codes = {each["uscc"] for each in asked if "uscc" in each}
    keys = {each["official"] for each in asked if "official" in each}
    units = {code: Subject(unit) for code, unit in Department.objects.existing_on(on).by_code(codes).items()}
    path = client.department.path if client.department else "-"
    rows = Official.objects.filter(pk__in=keys, department__path__startswith=path)
    officials = {row.pk: Subject(row.department, row) for row in rows.select_related("person", "department")}
    found = [units.get(each["uscc"]) if "uscc" in each else officials.get(each["official"]) for each in asked]
    QuestionSerializer.refuse_unknown([place for place, each in enumerate(found) if each is None], asked)
    return [each for each in found if each is not None]
