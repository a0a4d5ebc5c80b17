"""API addresses of the casework, under /api/v1/."""

from django.urls import path

from records.api import checking, views

app_name = "records_api"
urlpatterns = [
    path("records/", views.RecordList.as_view(), name="records"),
    path("records/<uuid:record_id>/", views.Record.as_view(), name="record"),
    path("records/<uuid:record_id>/<slug:action>/", views.Act.as_view(), name="act"),
    path("credit-checks/", checking.CheckList.as_view(), name="checks"),
    path("credit-checks/<uuid:check_id>/", checking.Check.as_view(), name="check"),
    path("credit-checks/<uuid:check_id>/decision/", checking.Decision.as_view(), name="decide_check"),
]
