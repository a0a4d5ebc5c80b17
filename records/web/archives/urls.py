"""Addresses under /staff/archives/."""

from django.urls import path

from records.web.archives import checks, covering, honours, mine, pages, restricted

app_name = "archives"
urlpatterns = [
    path("", pages.ArchiveList.as_view(), name="list"),
    path("mine/", mine.Mine.as_view(), name="mine"),
    path("coverage/", covering.CoveragePage.as_view(), name="coverage"),
    path("officials/<uuid:pk>/", pages.OfOfficial.as_view(), name="of_official"),
    path("units/<int:pk>/", pages.OfUnit.as_view(), name="of_unit"),
    path("honours/", honours.HonourList.as_view(), name="honours"),
    path("honours/new/", honours.NewHonour.as_view(), name="new_honour"),
    path("honours/<uuid:pk>/", honours.HonourPage.as_view(), name="honour"),
    path("honours/<uuid:pk>/edit/", honours.EditHonour.as_view(), name="edit_honour"),
    path("honours/<uuid:pk>/propose/", honours.Propose.as_view(), name="propose_honour"),
    path("honours/<uuid:pk>/send-back/", honours.SendBack.as_view(), name="send_back_honour"),
    path("honours/<uuid:pk>/grant/", honours.Grant.as_view(), name="grant_honour"),
    path("honours/<uuid:pk>/withdraw/", honours.Withdraw.as_view(), name="withdraw_honour"),
    path("checks/", checks.CheckList.as_view(), name="checks"),
    path("checks/new/", checks.NewCheck.as_view(), name="new_check"),
    path("checks/<uuid:pk>/", checks.CheckPage.as_view(), name="check"),
    path("checks/<uuid:pk>/<uuid:line>/decide/", checks.Decide.as_view(), name="decide_check"),
    path("checks/<uuid:pk>/<uuid:line>/report/", checks.AddReport.as_view(), name="add_report"),
    path("checks/<uuid:pk>/reports/<uuid:report>/", checks.ReportFile.as_view(), name="report_file"),
    path("<uuid:pk>/", pages.ArchivePage.as_view(), name="archive"),
    path("<uuid:pk>/restricted/new/", restricted.WriteRestricted.as_view(), name="write_restricted"),
    path("<uuid:pk>/restricted/<slug:kind>/", restricted.ReadRestricted.as_view(), name="read_restricted"),
]
