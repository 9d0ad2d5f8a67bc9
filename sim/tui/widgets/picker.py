"""tui: the moves of the seat: groups that fold, addressees side by side, filtered by typing."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from sim.tui.lines.moves import Choice, Spending, choices, group_sizes, matching, move_lines
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import Menu

_USUAL = 16
"""Rows that are reckoned with before the list has a height."""


class MoveList(LineList):
    """Moves by group; enter orders the one under the cursor, or withdraws it."""

    HELP = ("Your moves by group. ● is what a move costs, ✓ is ordered, × is closed today; at the right stands what is "
            "expected to change most. Enter orders a move or withdraws it. Where addressees stand at the right, left "
            "and right choose. On a group's name right or enter opens it; space folds the group under the cursor. "
            "/ filters by typing; c shows or hides closed moves.")
    EMPTY = "No move fits. Esc clears the filter, c shows the closed moves."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Order", id="moves.order"),
        Binding("left", "left", "Fold, or the addressee before", show=False, id="moves.left"),
        Binding("right", "right", "Open, or the next addressee", show=False, id="moves.right"),
        Binding("space", "fold", "Fold the group", show=False, id="moves.fold"),
    ]

    class Turned(Message):
        """Another addressee was chosen, or a group was folded or opened."""

        def __init__(self, group: str = "", step: int = 0, target: str = "", *, fold: bool = True) -> None:
            """Either a group (`fold` it or open it), or a step along the addressees, or one of them by its key."""
            super().__init__()
            self.group, self.step, self.target, self.fold = group, step, target, fold

    REST: ClassVar[float] = 0.6
    """Seconds without enter after which it orders again."""

    def rest(self) -> None:
        """Enter orders nothing until it has been let go for a moment, or until something else is done."""
        self._awake_at = monotonic() + self.REST

    _awake_at = 0.0

    @property
    def UNSOURCED(self) -> str:  # noqa: N802 - the same name as in every list
        """What stands for the sources of a line that cites none: a move, or the name of a group."""
        if self.current is not None and self.current.id.startswith("group:"):
            return "No source is cited for this line; a move under it may have one."
        return "No source is cited for this move."

    def action_select(self) -> None:
        """Choose the line under the cursor, unless enter is still held from the screen before."""
        if monotonic() < self._awake_at:
            self.rest()
            return
        super().action_select()

    def on_key(self, event: events.Key) -> None:
        """Any other key ends the rest."""
        if event.key != "enter":
            self._awake_at = 0.0

    def action_left(self) -> None:
        """The addressee before; fold the group where there is none."""
        self._turn(-1)

    def action_right(self) -> None:
        """The next addressee; on a folded group, open it."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self.current is not None and not self.current.id.startswith("group:"):
            self.post_message(self.Turned(step=step))
        elif self.current is not None and step > 0:
            self.post_message(self.Turned(self.current.id.removeprefix("group:"), fold=False))

    def action_fold(self) -> None:
        """Fold the group of the line under the cursor, or open it."""
        group = self.group_of(self.highlighted)
        if group and self.current is not None:
            self.post_message(self.Turned(group, fold=not self.current.id.startswith("group:")))

    def group_of(self, index: int | None) -> str:
        """The group in which a line stands."""
        names = [line.id for line in self.shown[:(index if index is not None else -1) + 1] if line.id.startswith("group:")]
        return names[-1].removeprefix("group:") if names else ""

    async def _on_click(self, event: events.Click) -> None:
        """A click on a heading folds or opens its group, one on an addressee chooses it; else as in every list."""
        self._awake_at = 0.0
        meta = event.style.meta
        index = meta.get("option")
        line = self.shown[index] if index is not None and index < len(self.shown) else None
        if line is not None and line.id.startswith("group:"):
            event.prevent_default()
            self.focus()
            self.post_message(self.Turned(line.id.removeprefix("group:"), fold=line.heading))
            return
        target = meta.get("target")
        if line is not None and target and target != line.id:
            event.prevent_default()
            self.highlighted = self._armed = index
            self.post_message(self.Turned(target=target))


class FilterInput(Input):
    """What is typed to filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Clear filter", id="filter.close"),
        Binding("down", "leave", "To the moves", id="filter.leave"),
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
    HELP = MoveList.HELP

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.moves = MoveList(title="Moves", id="moves")
        self.filter = FilterInput(placeholder="type to filter", id="filter", select_on_focus=False)
        self._menu: Menu | None = None
        self.spending = Spending()
        self.closed_shown = True
        self._folds: dict[str, bool] = {}
        self._chosen: dict[str, str] = {}
        self._held = ""
        self._width = self._height = 0

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield self.filter
        yield self.moves

    def show(self, menu: Menu, spending: Spending) -> None:
        """Show the moves of a menu; those filed are marked, those that cannot be paid for are dimmed."""
        if menu is not self._menu:
            self._begin(menu)
        self.spending = spending
        self._refill()

    def _begin(self, menu: Menu) -> None:
        self._menu, self._held = menu, ""
        opened = [item.legal for group in menu.groups for item in group.items]
        entitle(self, f"Moves · {sum(opened)} open, {len(opened) - sum(opened)} closed")

    @property
    def folded(self) -> frozenset[str]:
        """The groups that are folded, unless the person chose otherwise: those for which the list has no room.

        Every group has a row, and those in which something is open are opened before the others.
        """
        if self._menu is None:
            return frozenset()
        sizes = group_sizes(self._menu, self.spending.filed, closed=self.closed_shown)
        left = (self.moves.size.height or _USUAL) - len(sizes) - sum(
            rows for group, (rows, _) in sizes.items() if self._folds.get(group) is False)
        folded = {group for group in sizes if self._folds.get(group)}
        first = True
        for group in sorted(sizes, key=lambda it: not sizes[it][1]):
            rows, opened = sizes[group]
            if group in self._folds:
                continue
            if (first and opened) or rows <= left or group == self._held:
                left -= rows
            else:
                folded.add(group)
            first = False
        return frozenset(folded)

    def choice(self, key: str) -> Choice | None:
        """The row on which a move stands."""
        for group in self._menu.groups if self._menu else ():
            if any(item.key == key for item in group.items):
                rows = choices(group, self._chosen, self.spending.filed, closed=self.closed_shown, found=self._found)
                return next((row for row in rows if any(item.key == key for item in row.items)), None)
        return None

    @property
    def _found(self) -> frozenset[str] | None:
        """What the filter leaves; None without one."""
        return matching(self._menu, self.filter.value) if self._menu is not None and self.filter.value else None

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

    def reveal(self, key: str) -> None:
        """Put the cursor on a move, its group opened and its addressee chosen."""
        row = self.choice(key)
        if row is None:
            return
        item = next(item for item in row.items if item.key == key)
        self._folds[item.group] = False
        self._chosen[row.family] = key
        self._refill(at=key)

    def on_resize(self) -> None:
        """The room for groups or for addressees changed."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._menu is not None and (self.moves.room, self.moves.size.height) != (self._width, self._height):
            # a smaller screen must not fold the group in which somebody stands
            self._held = self.moves.group_of(self.moves.highlighted)
            self._refill()

    def _refill(self, at: str | None = None) -> None:
        if self._menu is None:
            return
        self._width, self._height = self.moves.room, self.moves.size.height
        self.moves.show(move_lines(self._menu, self.spending, self.filter.value, closed=self.closed_shown, folded=self.folded,
                                   chosen=self._chosen, width=self._width), at)

    @on(LineList.Chosen)
    def _group_chosen(self, event: LineList.Chosen) -> None:
        if event.line.id.startswith("group:"):
            event.stop()
            self._fold(event.line.id.removeprefix("group:"), fold=False)

    @on(MoveList.Turned)
    def _turned(self, event: MoveList.Turned) -> None:
        event.stop()
        if event.group:
            self._fold(event.group, fold=event.fold)
            return
        current = self.moves.current
        row = self.choice(event.target or (current.id if current else ""))
        if row is None:
            return
        if event.target:
            self._aim(row, event.target)
        elif len(row.items) > 1:
            self._aim(row, row.items[(row.at + event.step) % len(row.items)].key)
        elif event.step < 0:
            self._fold(self.moves.group_of(self.moves.highlighted), fold=True)

    def _aim(self, row: Choice, key: str) -> None:
        self._chosen[row.family] = key
        self._refill(at=key)
        if self.moves.current is not None:
            # a message that a parent posts to its child would stop there
            self.post_message(LineList.Reached(self.moves, self.moves.current))

    def _fold(self, group: str, *, fold: bool) -> None:
        if self.filter.value:
            return
        self._folds[group] = fold
        first = ""
        if not fold and self._menu is not None:
            rows = next((choices(it, self._chosen, self.spending.filed, closed=self.closed_shown)
                         for it in self._menu.groups if it.id == group), ())
            first = rows[0].item.key if rows else ""
        self._refill(at=f"group:{group}" if fold else first or None)

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
