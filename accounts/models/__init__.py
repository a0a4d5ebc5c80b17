"""Tables of the accounts room."""

from accounts.models.client import ApiClient
from accounts.models.delegation import DelegatedGrant, Delegation
from accounts.models.department import Department, DepartmentCode, DepartmentName, DepartmentParent
from accounts.models.official import FirstResponsiblePerson, Official, Post
from accounts.models.person import Person
from accounts.models.proposal import AdminProposal
from accounts.models.reveal import Reveal
from accounts.models.role import Recusal, RoleGrant
from accounts.models.sign_in import SecondFactor, SignInThrottle
from accounts.models.user import User

__all__ = [
    "AdminProposal",
    "ApiClient",
    "DelegatedGrant",
    "Delegation",
    "Department",
    "DepartmentCode",
    "DepartmentName",
    "DepartmentParent",
    "FirstResponsiblePerson",
    "Official",
    "Person",
    "Post",
    "Recusal",
    "Reveal",
    "RoleGrant",
    "SecondFactor",
    "SignInThrottle",
    "User",
]
