"""tui: the moves of the seat, grouped, filtered by typing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from sim.tui.lines.moves import move_lines
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import Menu


class MoveList(LineList):
    """Moves by group; enter orders the one under the cursor, or withdraws it."""

    HELP = ("Your moves by group. ● is what a move costs, ✓ is ordered, × is closed today. Enter orders a move or "
            "withdraws it; / filters by typing; c shows or hides closed moves.")
    EMPTY = "No move fits. Esc clears the filter, c shows the closed moves."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Order", id="moves.order")]


class FilterInput(Input):
    """What is typed to filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Clear filter", id="filter.close"),
        Binding("down", "leave", "To the moves", show=False, id="filter.leave"),
    ]
    HELP = "Type to filter the moves by title, group, tier, hint or CAMEO code. Enter goes to the list, esc clears."

    def action_close(self) -> None:
        """Clear and hide."""
        self.value = ""
        self.parent_picker.close_filter()

    def action_leave(self) -> None:
        """To the list, the filter stays."""
        self.parent_picker.moves.focus()

    @property
    def parent_picker(self) -> Picker:
        """The picker it filters."""
        return next(node for node in self.ancestors if isinstance(node, Picker))

    def describe(self) -> str:
        """What is typed."""
        return f"Filter: {self.value or 'nothing typed'}."


class Picker(Vertical):
    """The list with its filter."""

    DEFAULT_CSS = """
    Picker { height: 1fr; }
    Picker FilterInput { display: none; height: 1; border: none; padding: 0 1; background: $panel; }
    Picker FilterInput:focus { border: none; }
    Picker.-filtering FilterInput { display: block; }
    """

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.moves = MoveList(title="Moves", id="moves")
        self.filter = FilterInput(placeholder="type to filter", id="filter", select_on_focus=False)
        self._menu: Menu | None = None
        self._filed: frozenset[str] = frozenset()
        self.closed_shown = True

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield self.filter
        yield self.moves

    def show(self, menu: Menu, filed: frozenset[str]) -> None:
        """Show the moves of a menu; those filed are marked."""
        self._menu, self._filed = menu, filed
        self._refill()

    def open_filter(self) -> None:
        """Show the filter and put the cursor in it."""
        self.add_class("-filtering")
        self.filter.focus()

    def close_filter(self) -> None:
        """Hide the filter and go back to the list."""
        self.remove_class("-filtering")
        self.filter.value = ""
        self.moves.focus()

    def toggle_closed(self) -> None:
        """Show or hide what is closed today."""
        self.closed_shown = not self.closed_shown
        self._refill()

    def _refill(self) -> None:
        if self._menu is None:
            return
        self.moves.show(move_lines(self._menu, self._filed, self.filter.value, self.closed_shown))
        items = [item for group in self._menu.groups for item in group.items]
        opened = sum(item.legal for item in items)
        entitle(self, f"Moves · {opened} open, {len(items) - opened} closed")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._refill()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.moves.focus()

    def describe(self) -> str:
        """The filter and the list in words."""
        return f"{self.filter.describe()}\n{self.moves.describe()}"
