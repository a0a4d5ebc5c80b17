"""The one-file verifier that citizens download and run without the portal."""
