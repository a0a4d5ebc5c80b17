"""Which scopes a token may carry: those of its client, never another."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from accounts.models import ApiClient
from accounts.scopes import SCOPES


class ClientScopes(BaseScopes):
    """Scopes limited per client."""

    def get_all_scopes(self) -> dict[str, str]:
        """Return every scope with its description."""
        return {name: str(text) for name, text in SCOPES.items()}

    def get_available_scopes(
        self, application: ApiClient | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """Return the scopes this client may ask for."""
        return list(application.scopes) if application else []

    def get_default_scopes(
        self, application: ApiClient | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """Return what a client gets that asks for nothing in particular: all of its own scopes, never more."""
        return self.get_available_scopes(application)
