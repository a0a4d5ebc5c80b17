"""Headings of records for pages; the rule itself stands beside the workflow, because public copies use it too."""

from records.workflow.titles import heading, title

__all__ = ["heading", "title"]
