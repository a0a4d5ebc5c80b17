"""Addresses under /staff/complaints/."""

from django.urls import path

from records.web.complaints import channels, media, pages, registering, statistics, supervisors
from records.web.complaints.acts import handling, screening, settling

app_name = "complaints"
urlpatterns = [
    path("", pages.ComplaintList.as_view(), name="list"),
    path("new/", registering.Register.as_view(), name="new"),
    path("statistics/", statistics.Statistics.as_view(), name="statistics"),
    path("clues/", registering.Clues.as_view(), name="clues"),
    path("clues/new/", registering.FileClue.as_view(), name="clue"),
    path("media/", media.Media.as_view(), name="media"),
    path("media/new/", media.NoteClue.as_view(), name="media_new"),
    path("media/<uuid:pk>/check/", media.CheckClue.as_view(), name="media_check"),
    path("media/<uuid:pk>/clipping/", media.AddClipping.as_view(), name="media_clip"),
    path("media/<uuid:pk>/files/<uuid:item>/", media.Clipping.as_view(), name="media_file"),
    path("media/<uuid:pk>/join/", media.JoinClue.as_view(), name="media_join"),
    path("corps/", supervisors.Corps.as_view(), name="corps"),
    path("corps/new/", supervisors.Appoint.as_view(), name="appoint"),
    path("corps/<uuid:pk>/term/", supervisors.ChangeTerm.as_view(), name="term"),
    path("channels/", channels.Channels.as_view(), name="channels"),
    path("channels/new/", channels.OpenChannel.as_view(), name="channel_new"),
    path("channels/<uuid:pk>/", channels.ChangeChannel.as_view(), name="channel"),
    path("<uuid:pk>/", pages.ComplaintPage.as_view(), name="complaint"),
    path("<uuid:pk>/screen/", screening.Screen.as_view(), name="screen"),
    path("<uuid:pk>/accept/", screening.Accept.as_view(), name="accept"),
    path("<uuid:pk>/relate/", screening.Relate.as_view(), name="relate"),
    path("<uuid:pk>/transfer/", screening.Transfer.as_view(), name="transfer"),
    path("<uuid:pk>/hand-back/", screening.HandBack.as_view(), name="hand_back"),
    path("<uuid:pk>/not-accept/", screening.NotAccept.as_view(), name="not_accept"),
    path("<uuid:pk>/merge/", screening.Merge.as_view(), name="merge"),
    path("<uuid:pk>/assign/", handling.Assign.as_view(), name="assign"),
    path("<uuid:pk>/investigate/", handling.Investigate.as_view(), name="investigate"),
    path("<uuid:pk>/findings/", handling.Findings.as_view(), name="findings"),
    path("<uuid:pk>/attach/", handling.Attach.as_view(), name="attach"),
    path("<uuid:pk>/extend/", handling.Extend.as_view(), name="extend"),
    path("<uuid:pk>/make-ordinary/", handling.MakeOrdinary.as_view(), name="make_ordinary"),
    path("<uuid:pk>/verify-true/", handling.VerifyTrue.as_view(), name="verify_true"),
    path("<uuid:pk>/verify-partial/", handling.VerifyPartial.as_view(), name="verify_partial"),
    path("<uuid:pk>/verify-false/", handling.VerifyFalse.as_view(), name="verify_false"),
    path("<uuid:pk>/proposals/<uuid:proposal>/", handling.Sign.as_view(), name="proposal"),
    path("<uuid:pk>/order/", settling.Order.as_view(), name="order"),
    path("<uuid:pk>/confirm-default/", settling.ConfirmDefault.as_view(), name="confirm_default"),
    path("<uuid:pk>/answer/", settling.Answer.as_view(), name="answer"),
    path("<uuid:pk>/withdraw/", settling.Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/mark-malicious/", settling.MarkMalicious.as_view(), name="mark_malicious"),
    path("<uuid:pk>/write/", settling.Write.as_view(), name="write"),
    path("<uuid:pk>/evidence/<uuid:item>/", pages.Evidence.as_view(), name="evidence"),
    path("<uuid:pk>/papers/<uuid:item>/", pages.Paper.as_view(), name="paper"),
]
