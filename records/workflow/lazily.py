"""Words of tables that are read at import: translated when shown, typed as the text they become."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext_lazy

lazily = cast(Callable[[str], str], gettext_lazy)
