"""Addresses under /staff/objections/."""

from django.urls import path

from records.web.objections import acts, drafting, filing, pages

app_name = "objections"
urlpatterns = [
    path("", pages.ObjectionList.as_view(), name="list"),
    path("mine/", pages.Mine.as_view(), name="mine"),
    path("new/<uuid:pk>/", filing.NewObjection.as_view(), name="new"),
    path("register/<uuid:pk>/", filing.RegisterObjection.as_view(), name="register"),
    path("inquiries/", pages.InquiryList.as_view(), name="inquiries"),
    path("inquiries/<uuid:pk>/", pages.InquiryPage.as_view(), name="inquiry"),
    path("inquiries/<uuid:pk>/answer/", acts.Answer.as_view(), name="answer"),
    path("inquiries/<uuid:pk>/files/<uuid:item>/", pages.InquiryFile.as_view(), name="inquiry_file"),
    path("<uuid:pk>/", pages.ObjectionPage.as_view(), name="objection"),
    path("<uuid:pk>/edit/", filing.EditObjection.as_view(), name="edit"),
    path("<uuid:pk>/submit/", acts.Submit.as_view(), name="submit"),
    path("<uuid:pk>/supplement/", filing.Supplement.as_view(), name="supplement"),
    path("<uuid:pk>/withdraw/", acts.Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/files/", filing.Attach.as_view(), name="attach"),
    path("<uuid:pk>/files/<uuid:item>/", pages.ObjectionFile.as_view(), name="file"),
    path("<uuid:pk>/files/<uuid:item>/remove/", filing.Detach.as_view(), name="detach"),
    path("<uuid:pk>/accept/", acts.Accept.as_view(), name="accept"),
    path("<uuid:pk>/ask-supplement/", acts.AskSupplement.as_view(), name="ask_supplement"),
    path("<uuid:pk>/not-accept/", acts.NotAccept.as_view(), name="not_accept"),
    path("<uuid:pk>/check-platform/", acts.CheckPlatform.as_view(), name="check_platform"),
    path("<uuid:pk>/ask-provider/", acts.AskProvider.as_view(), name="ask_provider"),
    path("<uuid:pk>/pause/", acts.Pause.as_view(), name="pause"),
    path("<uuid:pk>/resume/", acts.Resume.as_view(), name="resume"),
    path("<uuid:pk>/draft/", drafting.Draft.as_view(), name="draft"),
    path("<uuid:pk>/query-draft/", acts.Query.as_view(), name="query_draft"),
    path("<uuid:pk>/decide/", drafting.Decide.as_view(), name="decide"),
    path("<uuid:pk>/extend/", acts.Extend.as_view(), name="extend"),
    path("<uuid:pk>/serve/", acts.Serve.as_view(), name="serve"),
    path("<uuid:pk>/request-review/", acts.RequestReview.as_view(), name="request_review"),
    path("<uuid:pk>/uphold-review/", drafting.UpholdReview.as_view(), name="uphold_review"),
    path("<uuid:pk>/dismiss-review/", acts.DismissReview.as_view(), name="dismiss_review"),
    path("<uuid:pk>/request-notice/", acts.RequestNotice.as_view(), name="request_notice"),
    path("<uuid:pk>/proposals/<uuid:proposal>/", drafting.ProposalPage.as_view(), name="proposal"),
]
