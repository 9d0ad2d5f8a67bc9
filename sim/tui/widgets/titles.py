"""tui: titles of panes, set apart from the rule they stand in, and never read as markup."""

from __future__ import annotations

from typing import cast

from textual.content import Content
from textual.widget import Widget


def entitle(pane: Widget, text: str) -> None:
    """Title a pane."""
    # the attribute takes content as well, though it is typed as text
    pane.border_title = cast("str", Content(f" {text} "))
