"""Addresses under /staff/repairs/."""

from django.urls import path

from records.web.repairs import applying, before, deciding, pages

app_name = "repairs"
urlpatterns = [
    path("", pages.RepairList.as_view(), name="list"),
    path("of/<uuid:pk>/", before.Before.as_view(), name="before"),
    path("of/<uuid:pk>/apply/", before.Apply.as_view(), name="apply"),
    path("of/<uuid:pk>/paper/", before.EnterPaper.as_view(), name="paper"),
    path("of/<uuid:pk>/delisted/", before.Delist.as_view(), name="delist"),
    path("<uuid:pk>/", pages.RepairPage.as_view(), name="repair"),
    path("<uuid:pk>/edit/", applying.Edit.as_view(), name="edit"),
    path("<uuid:pk>/materials/", applying.Give.as_view(), name="give"),
    path("<uuid:pk>/files/<uuid:item>/", pages.RepairFile.as_view(), name="file"),
    path("<uuid:pk>/files/<uuid:item>/remove/", applying.TakeOut.as_view(), name="take_out"),
    path("<uuid:pk>/submit/", applying.Submit.as_view(), name="submit"),
    path("<uuid:pk>/supply/", applying.Supply.as_view(), name="supply"),
    path("<uuid:pk>/withdraw/", applying.Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/accept/", deciding.Accept.as_view(), name="accept"),
    path("<uuid:pk>/ask/", deciding.AskSupplement.as_view(), name="ask_supplement"),
    path("<uuid:pk>/not-accept/", deciding.NotAccept.as_view(), name="not_accept"),
    path("<uuid:pk>/forward/", deciding.Forward.as_view(), name="forward"),
    path("<uuid:pk>/draft-decision/", deciding.DraftDecision.as_view(), name="draft_decision"),
    path("<uuid:pk>/extend/", deciding.Extend.as_view(), name="extend"),
    path("<uuid:pk>/approve/", deciding.Approve.as_view(), name="approve"),
    path("<uuid:pk>/refuse/", deciding.Refuse.as_view(), name="refuse"),
    path("<uuid:pk>/revoke/", deciding.Revoke.as_view(), name="revoke"),
    path("<uuid:pk>/proposals/<uuid:proposal>/", deciding.ProposalPage.as_view(), name="proposal"),
]
