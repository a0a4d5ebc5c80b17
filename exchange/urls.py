"""Addresses of the exchange on the staff site, under /staff/exchange/."""

from django.urls import path

from exchange.web import views

app_name = "exchange"
urlpatterns = [
    path("", views.Deliveries.as_view(), name="deliveries"),
    path("reconciliation/", views.ReconciliationPage.as_view(), name="reconciliation"),
    path("reconciliation/run/", views.Reconcile.as_view(), name="reconcile"),
    path("<uuid:pk>/", views.DeliveryPage.as_view(), name="delivery"),
    path("<uuid:pk>/resend/", views.Resend.as_view(), name="resend"),
]
