"""The workflow of credit repair (domain 4.4): eligibility, checklist, table of arrows."""

from records.workflow.repairs import machine

__all__ = ["machine"]
