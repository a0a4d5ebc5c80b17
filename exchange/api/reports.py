"""GET /api/v1/reports/: what is pushed, to be pulled, with the same ids and versions."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from exchange import freezing, mappings
from exchange.models import Delivery, DeliveryState, Operation
from exchange.models.delivery import DeliveryQuerySet


class ReportSerializer(serializers.Serializer[Delivery]):
    """
    One version of one subject, as the push carries it.

    ``id`` is the push's idempotency key, ``subject_id`` and ``version`` are SX_ID and SX_VER. ``data`` is null where the
    version never was or no longer is to be used: superseded, withdrawn by it or later, repaired or expired later, or
    erased after its retention. The version that tells of a repair or an expiry keeps its own data.
    """

    id = serializers.UUIDField()
    resource = serializers.CharField()
    subject_id = serializers.UUIDField()
    version = serializers.IntegerField()
    operation = serializers.ChoiceField(choices=Operation.choices)
    state = serializers.CharField(help_text="、".join(DeliveryState.values))
    decided_on = serializers.DateField()
    reported_at = serializers.DateTimeField(source="report.created_at")
    digest = serializers.CharField(source="report.digest")
    data = serializers.SerializerMethodField()  # type: ignore[assignment]

    def get_data(self, delivery: Delivery) -> dict[str, str] | None:
        """This will give the mapped fields without the personal ones, which only the push carries."""
        if delivery.state == DeliveryState.SUPERSEDED or getattr(delivery, "is_over", False):
            return None
        hidden = mappings.for_resource(delivery.resource).restricted()
        row = freezing.row_of(delivery)
        return {name: value for name, value in row.items() if name not in hidden} or None


class Reports(generics.ListAPIView[Delivery]):
    """List the reports in the order of the log; clients need the scope ``reports:read``."""

    serializer_class = ReportSerializer
    keyset = ("position", "version", "id")

    @extend_schema(operation_id="reports_list", summary="报送内容（与推送同编号、同版本）")
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Give one page."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> DeliveryQuerySet:
        """Give every delivery, with whether its subject was withdrawn by it or later, or repaired or expired later."""
        of_subject = Delivery.objects.filter(
            channel=OuterRef("channel"), resource=OuterRef("resource"), subject_id=OuterRef("subject_id")
        )
        withdrawn = of_subject.filter(version__gte=OuterRef("version"), operation=Operation.WITHDRAW)
        ended = of_subject.filter(version__gt=OuterRef("version"), operation__in=(Operation.REPAIR, Operation.EXPIRE))
        return Delivery.objects.select_related("report").annotate(is_over=Exists(withdrawn) | Exists(ended))
