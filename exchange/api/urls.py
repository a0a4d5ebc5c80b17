"""Addresses of the exchange's API, under /api/v1/."""

from django.urls import path

from exchange.api.receipts import Receipts
from exchange.api.reports import Reports

app_name = "exchange_api"
urlpatterns = [
    path("reports/", Reports.as_view(), name="reports"),
    path("receipts/", Receipts.as_view(), name="receipts"),
]
