"""Addresses of the staff pages of the accounts room, under /staff/."""

from django.urls import path

from accounts.web.audit import AuditPage
from accounts.web.clients import ChangeClient, ClientPage, ClientsPage, RegisterClient, RenewSecret, StopClient
from accounts.web.department_acts import (
    AppointHead,
    CloseDepartment,
    EditDepartment,
    MoveDepartment,
    RecodeDepartment,
    RegisterDepartment,
)
from accounts.web.departments import DepartmentPage, DepartmentsPage
from accounts.web.explain import ExplainPage
from accounts.web.official_acts import AddPost, EndPost, RegisterOfficial, RevealNumber
from accounts.web.officials import OfficialPage, OfficialsPage
from accounts.web.proposal_acts import Confirm, Decline
from accounts.web.recusals import EndRecusal, RecusalsPage
from accounts.web.user_acts import (
    ProposeGrant,
    ProposeRevoke,
    RegisterUser,
    ResetPassword,
    ResetSecondFactor,
    SwitchUser,
)
from accounts.web.users import ProposalsPage, UserPage, UsersPage

app_name = "people"
urlpatterns = [
    path("departments/", DepartmentsPage.as_view(), name="departments"),
    path("departments/new/", RegisterDepartment.as_view(), name="register_department"),
    path("departments/<str:code>/", DepartmentPage.as_view(), name="department"),
    path("departments/<str:code>/edit/", EditDepartment.as_view(), name="edit_department"),
    path("departments/<str:code>/move/", MoveDepartment.as_view(), name="move_department"),
    path("departments/<str:code>/code/", RecodeDepartment.as_view(), name="recode_department"),
    path("departments/<str:code>/close/", CloseDepartment.as_view(), name="close_department"),
    path("departments/<str:code>/head/", AppointHead.as_view(), name="appoint_head"),
    path("officials/", OfficialsPage.as_view(), name="officials"),
    path("officials/new/", RegisterOfficial.as_view(), name="register_official"),
    path("officials/<uuid:pk>/", OfficialPage.as_view(), name="official"),
    path("officials/<uuid:pk>/posts/new/", AddPost.as_view(), name="add_post"),
    path("officials/<uuid:pk>/reveal/<str:field>/", RevealNumber.as_view(), name="reveal"),
    path("posts/<uuid:pk>/end/", EndPost.as_view(), name="end_post"),
    path("users/", UsersPage.as_view(), name="users"),
    path("users/new/", RegisterUser.as_view(), name="register_user"),
    path("users/<uuid:pk>/", UserPage.as_view(), name="user"),
    path("users/<uuid:pk>/switch/", SwitchUser.as_view(), name="switch_user"),
    path("users/<uuid:pk>/password/", ResetPassword.as_view(), name="reset_password"),
    path("users/<uuid:pk>/second-factor/", ResetSecondFactor.as_view(), name="reset_second_factor"),
    path("users/<uuid:pk>/grant/", ProposeGrant.as_view(), name="propose_grant"),
    path("grants/<uuid:pk>/revoke/", ProposeRevoke.as_view(), name="propose_revoke"),
    path("proposals/", ProposalsPage.as_view(), name="proposals"),
    path("proposals/<uuid:pk>/confirm/", Confirm.as_view(), name="confirm"),
    path("proposals/<uuid:pk>/decline/", Decline.as_view(), name="decline"),
    path("recusals/", RecusalsPage.as_view(), name="recusals"),
    path("recusals/<uuid:pk>/end/", EndRecusal.as_view(), name="end_recusal"),
    path("audit/", AuditPage.as_view(), name="audit"),
    path("explain/", ExplainPage.as_view(), name="explain"),
    path("clients/", ClientsPage.as_view(), name="clients"),
    path("clients/new/", RegisterClient.as_view(), name="register_client"),
    path("clients/<int:pk>/", ClientPage.as_view(), name="client"),
    path("clients/<int:pk>/scopes/", ChangeClient.as_view(), name="change_client"),
    path("clients/<int:pk>/secret/", RenewSecret.as_view(), name="renew_secret"),
    path("clients/<int:pk>/stop/", StopClient.as_view(), name="stop_client"),
]
