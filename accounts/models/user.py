"""Accounts: a way for a person to sign in. Rights hang on the person's grants, never on the account."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.delegation import lent_to
from accounts.models.role import RoleGrant
from accounts.roles import THE_THREE
from ledger import memory
from ledger.covered import Covered, CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models.person import Person


class UserQuerySet(CoveredQuerySet):
    """Accounts, found the way Django's sign-in looks for them."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of this name.

        :raises User.DoesNotExist: where there is none.
        """
        found: User = self.select_related("person").get(username=username)
        return found


class User(Covered, AbstractBaseUser):  # type: ignore[django-manager-missing]
    """One account of one person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(_("账号"), max_length=64, unique=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(_("可用只读支持页"), default=False)
    is_demo = models.BooleanField(_("演示账号"), default=False)
    # The ledger holds each sign-in; a column that changes without an act would contradict the fold.
    last_login = None  # type: ignore[assignment]

    objects = UserQuerySet.as_manager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["person"]
    is_superuser = False

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the password; this will never write, so that it needs no act."""
        return check_password(raw_password, self.password)

    def grants(self, now: datetime) -> list[RoleGrant]:
        """
        Return the grants in force at `now`, with their departments: the person's own, then those lent to him (委托代办).

        A lent grant keeps its holder as `person`. Whoever holds one of the three administrators' roles is lent nothing,
        and what he holds himself he need not borrow. A page asks once; every act asks again.
        """
        return list(memory.for_page(("grants", self.person_id, now), lambda: self._granted(now)))

    def _granted(self, now: datetime) -> list[RoleGrant]:
        """Two queries, and two more for a stand-in: one for all of it would take four times as long."""
        held = RoleGrant.objects.in_force(now).select_related("department")
        own = list(held.filter(person_id=self.person_id))
        if any(grant.role in THE_THREE for grant in own):
            return own
        lent = lent_to(self.person_id, today=timezone.localtime(now).date())
        if not lent:
            return own
        places = {(grant.role, grant.department_id) for grant in own}
        borrowed = held.filter(pk__in=lent).select_related("person")
        return own + [grant for grant in borrowed if (grant.role, grant.department_id) not in places]

    def roles(self, now: datetime) -> set[str]:
        """Return the codes of the roles the person holds anywhere at `now`."""
        return {grant.role for grant in self.grants(now)}

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Answer Django's admin: support staff may view, nobody may change anything there."""
        return self.is_active and self.is_staff and perm.partition(".")[2].startswith("view_")

    def has_module_perms(self, app_label: str) -> bool:
        """Answer Django's admin: support staff see every read-only table that is registered."""
        return self.is_active and self.is_staff

    @property
    def display_name(self) -> str:
        """The person's name, for the top bar; load the account with its person."""
        person: Person = self.person
        return person.name
