"""The acts on a complaint as pages."""
