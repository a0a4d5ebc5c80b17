"""The browser of the pages' tests, at the same moment."""

from tests.records.web.conftest import _the_clock_stands, browser  # noqa: F401
