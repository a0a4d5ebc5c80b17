"""Load the working-day calendar."""

from typing import Any

from django.core.management.base import BaseCommand

from rules import calendar, calendar_loading, clock


class Command(BaseCommand):
    """Load the announced years from chinesecalendar; years already there are left alone."""

    help = "Load the working-day calendar of the years chinesecalendar holds."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, say how many days were written, and ask for the next year where it is due."""
        now = clock.now()
        written = calendar_loading.load_years(now=now)
        self.stdout.write(f"日历：写入 {written} 天" if written else "日历：没有变化")
        if sentence := calendar.alert(clock.local_day(now)):
            self.stdout.write(self.style.WARNING(sentence))
