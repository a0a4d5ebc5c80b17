"""Addresses of the rules' staff pages."""

from django.urls import path

from rules.web import calendar, catalogues, deadlines, parameters

app_name = "rules"
urlpatterns = [
    path("calendar/", calendar.CalendarPage.as_view(), name="calendar"),
    path("calendar/import/", calendar.ImportCalendar.as_view(), name="import_calendar"),
    path("calendar/<int:year>/", calendar.CalendarPage.as_view(), name="calendar_year"),
    path("parameters/", parameters.ParametersPage.as_view(), name="parameters"),
    path("parameters/<str:key>/", parameters.ParameterPage.as_view(), name="parameter"),
    path("parameters/<str:key>/change/", parameters.ChangeParameter.as_view(), name="change_parameter"),
    path("policies/", catalogues.PoliciesPage.as_view(), name="policies"),
    path("codes/", catalogues.CodesPage.as_view(), name="codes"),
    path("deadlines/<uuid:pk>/", deadlines.DeadlinePage.as_view(), name="deadline"),
]
