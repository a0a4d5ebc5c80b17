"""Addresses under /staff/commitments/."""

from django.urls import URLPattern, path

from records.web.commitments import acts, milestones, moving, payments
from records.web.commitments.details import WriteDetails
from records.web.commitments.filing import EditCommitment, NewCommitment
from records.web.commitments.listing import CommitmentList
from records.web.commitments.pages import CommitmentFile, CommitmentPage

app_name = "commitments"
urlpatterns: list[URLPattern] = [
    path("", CommitmentList.as_view(), name="list"),
    path("new/", NewCommitment.as_view(), name="new"),
    path("<uuid:pk>/", CommitmentPage.as_view(), name="commitment"),
    path("<uuid:pk>/edit/", EditCommitment.as_view(), name="edit"),
    path("<uuid:pk>/submit/", acts.Submit.as_view(), name="submit"),
    path("<uuid:pk>/cancel/", acts.Cancel.as_view(), name="cancel"),
    path("<uuid:pk>/activate/", acts.Activate.as_view(), name="activate"),
    path("<uuid:pk>/return/", acts.SendBack.as_view(), name="send_back"),
    path("<uuid:pk>/publish/", acts.Publish.as_view(), name="publish"),
    path("<uuid:pk>/claim/", acts.Claim.as_view(), name="claim"),
    path("<uuid:pk>/fulfil/", acts.Fulfil.as_view(), name="fulfil"),
    path("<uuid:pk>/not-accept/", acts.NotAccept.as_view(), name="not_accept"),
    path("<uuid:pk>/order/", acts.Order.as_view(), name="order"),
    path("<uuid:pk>/breach/", acts.Breach.as_view(), name="breach"),
    path("<uuid:pk>/amend/", moving.Amend.as_view(), name="amend"),
    path("<uuid:pk>/change/", moving.RequestChange.as_view(), name="request_change"),
    path("<uuid:pk>/compensate/", moving.Compensate.as_view(), name="compensate"),
    path("<uuid:pk>/approve-change/", moving.ApproveChange.as_view(), name="approve_change"),
    path("<uuid:pk>/refuse-change/", moving.RefuseChange.as_view(), name="refuse_change"),
    path("<uuid:pk>/proposals/<uuid:proposal>/", moving.PromiseProposal.as_view(), name="proposal"),
    path("<uuid:pk>/files/<uuid:item>/", CommitmentFile.as_view(), name="file"),
    path("<uuid:pk>/details/<slug:form>/", WriteDetails.as_view(), name="details"),
    path("payments/<uuid:pk>/", payments.PaymentPage.as_view(), name="payment"),
    path("milestones/<uuid:pk>/", milestones.MilestonePage.as_view(), name="milestone"),
    path("milestones/<uuid:pk>/report/", milestones.Report.as_view(), name="report_milestone"),
    path("milestones/<uuid:pk>/check/", milestones.Check.as_view(), name="check_milestone"),
    path("milestones/<uuid:pk>/return/", milestones.Return.as_view(), name="return_milestone"),
    path("milestones/<uuid:pk>/files/<uuid:item>/", milestones.MilestoneFile.as_view(), name="milestone_file"),
]
