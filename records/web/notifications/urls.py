"""Addresses under /staff/notifications/."""

from django.urls import URLPattern, path

from records.web.notifications import delegations, notices

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("", notices.NoticeList.as_view(), name="list"),
    path("read/", notices.ReadNotices.as_view(), name="read"),
    path("mails/", notices.MailPage.as_view(), name="mails"),
    path("delegations/", delegations.DelegationsPage.as_view(), name="delegations"),
    path("delegations/<uuid:pk>/confirm/", delegations.ConfirmDelegation.as_view(), name="confirm_delegation"),
    path("delegations/<uuid:pk>/end/", delegations.EndDelegation.as_view(), name="end_delegation"),
]
