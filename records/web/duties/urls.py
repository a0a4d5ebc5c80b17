"""Addresses of what a record sets going, below /staff/duties/."""

from django.urls import path

from records.web.cases import hands
from records.web.duties import accountability, judging, measures, mitigation, rectification, responsibility, situation
from records.workflow.duties.kind import PARTS

app_name = "duties"
hands.register(PARTS)

RECORD = "records/<uuid:pk>/"
REPORT, ORDER, PERSON = "situations/<uuid:pk>/", "rectifications/<uuid:pk>/", "responsibilities/<uuid:pk>/"
CASE, CLAIM = "accountabilities/<uuid:pk>/", "mitigations/<uuid:pk>/"

urlpatterns = [
    path(f"{RECORD}measures/", measures.MeasuresPage.as_view(), name="measures"),
    path(f"{RECORD}order/", rectification.Order.as_view(), name="order"),
    path(f"{RECORD}responsibility/", responsibility.Name.as_view(), name="name"),
    path(f"{RECORD}accountability/", accountability.OpenCase.as_view(), name="open_accountability"),
    path(f"{RECORD}claim/", mitigation.Claim.as_view(), name="claim"),
    path("situations/", situation.SituationList.as_view(), name="situations"),
    path(REPORT, situation.SituationPage.as_view(), name="situation"),
    path(f"{REPORT}write/", situation.Write.as_view(), name="write"),
    path(f"{REPORT}submit/", situation.SubmitReport.as_view(), name="submit_report"),
    path(f"{REPORT}accept/", situation.AcceptReport.as_view(), name="accept_report"),
    path(f"{REPORT}return/", situation.ReturnReport.as_view(), name="return_report"),
    path("rectifications/", rectification.RectificationList.as_view(), name="rectifications"),
    path(ORDER, rectification.RectificationPage.as_view(), name="rectification"),
    path(f"{ORDER}files/<uuid:item>/", rectification.RectificationFile.as_view(), name="rectification_file"),
    path(f"{ORDER}receive/", rectification.Receive.as_view(), name="receive"),
    path(f"{ORDER}begin/", rectification.Begin.as_view(), name="begin"),
    path(f"{ORDER}answer/", rectification.Answer.as_view(), name="answer"),
    path(f"{ORDER}attach/", rectification.Attach.as_view(), name="attach"),
    path(f"{ORDER}extend/", rectification.RequestExtension.as_view(), name="request_extension"),
    path(f"{ORDER}submit/", rectification.Submit.as_view(), name="submit"),
    path(f"{ORDER}grant-extension/", judging.GrantExtension.as_view(), name="grant_extension"),
    path(f"{ORDER}refuse-extension/", judging.RefuseExtension.as_view(), name="refuse_extension"),
    path(f"{ORDER}judge/", judging.Judge.as_view(), name="judge"),
    path(f"{ORDER}order-again/", judging.OrderAgain.as_view(), name="order_again"),
    path(f"{ORDER}refuse/", judging.Refuse.as_view(), name="refuse"),
    path("responsibilities/", responsibility.ResponsibilityList.as_view(), name="responsibilities"),
    path(PERSON, responsibility.ResponsibilityPage.as_view(), name="responsibility"),
    path(f"{PERSON}remove/", responsibility.Remove.as_view(), name="remove_responsibility"),
    path(f"{PERSON}draft/", responsibility.ProposeDraft.as_view(), name="propose_draft"),
    path(f"{PERSON}draft/<uuid:proposal>/", responsibility.SignDraft.as_view(), name="sign_draft"),
    path("accountabilities/", accountability.AccountabilityList.as_view(), name="accountabilities"),
    path(CASE, accountability.AccountabilityPage.as_view(), name="accountability"),
    path(f"{CASE}trace/", accountability.Trace.as_view(), name="trace"),
    path(f"{CASE}drop/", accountability.Drop.as_view(), name="drop"),
    path(f"{CASE}find/", accountability.Find.as_view(), name="find"),
    path(f"{CASE}return/", accountability.ReturnFinding.as_view(), name="return_finding"),
    path(f"{CASE}decide/", accountability.Decide.as_view(), name="decide"),
    path(f"{CASE}transfer/", accountability.Transfer.as_view(), name="transfer"),
    path(f"{CASE}close/", accountability.CloseCase.as_view(), name="close_accountability"),
    path("mitigations/", mitigation.MitigationList.as_view(), name="mitigations"),
    path(CLAIM, mitigation.MitigationPage.as_view(), name="mitigation"),
    path(f"{CLAIM}files/<uuid:item>/", mitigation.MitigationFile.as_view(), name="mitigation_file"),
    path(f"{CLAIM}take-up/", mitigation.TakeUp.as_view(), name="take_up"),
    path(f"{CLAIM}lighten/", mitigation.Lighten.as_view(), name="lighten"),
    path(f"{CLAIM}waive/", mitigation.Waive.as_view(), name="waive"),
    path(f"{CLAIM}refuse/", mitigation.RefuseClaim.as_view(), name="refuse_claim"),
]
