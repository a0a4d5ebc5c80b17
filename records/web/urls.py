"""Addresses of the casework on the staff site, under /staff/."""

from django.urls import path

from records.web import evidence, filing, inbox, listing, record, searching
from records.web.acts import correcting, decision, ending, hearing, proposals, publication, review

app_name = "records"
urlpatterns = [
    path("", inbox.Inbox.as_view(), name="inbox"),
    path("search/", searching.Search.as_view(), name="search"),
    path("records/", listing.RecordList.as_view(), name="list"),
    path("records/new/", filing.NewRecord.as_view(), name="new"),
    path("records/preview/", filing.Preview.as_view(), name="preview"),
    path("records/units/", filing.Units.as_view(), name="units"),
    path("records/<uuid:pk>/", record.RecordPage.as_view(), name="record"),
    path("records/<uuid:pk>/edit/", filing.EditRecord.as_view(), name="edit"),
    path("records/<uuid:pk>/submit/", review.Submit.as_view(), name="submit"),
    path("records/<uuid:pk>/recall/", review.Recall.as_view(), name="recall"),
    path("records/<uuid:pk>/pass/", review.PassOn.as_view(), name="pass_on"),
    path("records/<uuid:pk>/return/", review.SendBack.as_view(), name="send_back"),
    path("records/<uuid:pk>/notice/", hearing.NoticeSheet.as_view(), name="notice"),
    path("records/<uuid:pk>/deliver/", hearing.Deliver.as_view(), name="deliver"),
    path("records/<uuid:pk>/statement/", hearing.State.as_view(), name="state"),
    path("records/<uuid:pk>/waiver/", hearing.Waive.as_view(), name="waive"),
    path("records/<uuid:pk>/recognise/", decision.Recognise.as_view(), name="recognise"),
    path("records/<uuid:pk>/reject/", decision.Reject.as_view(), name="reject"),
    path("records/<uuid:pk>/return-to-department/", decision.ReturnToDepartment.as_view(), name="return_to_department"),
    path("records/<uuid:pk>/publish/", publication.Publish.as_view(), name="publish"),
    path("records/<uuid:pk>/publish/false-hit/", publication.Acknowledge.as_view(), name="acknowledge"),
    path("records/<uuid:pk>/publish/mask/", publication.Mask.as_view(), name="mask"),
    path(
        "records/<uuid:pk>/publish-official/", publication.ProposeOfficialPublication.as_view(), name="publish_official"
    ),
    path("records/<uuid:pk>/correct/", correcting.ProposeCorrection.as_view(), name="correct"),
    path("records/<uuid:pk>/withdraw/", ending.ProposeWithdrawal.as_view(), name="withdraw"),
    path("records/<uuid:pk>/correction-notice/", ending.PublishNotice.as_view(), name="publish_notice"),
    path("records/<uuid:pk>/litigation/", ending.FlagLitigation.as_view(), name="flag_litigation"),
    path("records/<uuid:pk>/litigation/clear/", ending.ClearLitigation.as_view(), name="clear_litigation"),
    path("records/<uuid:pk>/proposals/<uuid:proposal>/", proposals.ProposalPage.as_view(), name="proposal"),
    path("records/<uuid:pk>/evidence/", evidence.AddEvidence.as_view(), name="attach"),
    path("records/<uuid:pk>/evidence/<uuid:item>/", evidence.Download.as_view(), name="download"),
    path("records/<uuid:pk>/evidence/<uuid:item>/remove/", evidence.RemoveEvidence.as_view(), name="remove"),
]
