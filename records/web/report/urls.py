"""Addresses of the reporters' own pages; they hang under /complaints/."""

from django.urls import path

from records.web.report import asking, sending

urlpatterns = [
    path("", sending.report, name="report"),
    path("receipt/", asking.ask, name="ask"),
    path("receipt/say/", asking.say, name="say"),
    path("receipt/rate/", asking.rate, name="rate"),
    path("receipt/withdraw/", asking.withdraw, name="withdraw"),
    path("receipt/slip/", asking.slip, name="slip"),
]
