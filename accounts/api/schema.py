"""How the API description (OpenAPI) names the ways to be known."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from accounts.scopes import SCOPES


class ClientScheme(OpenApiAuthenticationExtension):
    """Client credentials with the scopes one can be given."""

    target_class = "accounts.api.authentication.ClientAuthentication"
    name = "client"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the definition of the flow."""
        flow = {"tokenUrl": "/api/v1/token/", "scopes": {name: str(text) for name, text in SCOPES.items()}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


class SessionScheme(OpenApiAuthenticationExtension):
    """The session of the staff pages."""

    target_class = "accounts.api.authentication.PageSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the definition of the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
