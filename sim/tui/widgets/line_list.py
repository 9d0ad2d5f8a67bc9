"""tui: a list of lines with a cursor; base of every list in the app."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sim.tui.lines.line import Line


class LineList(OptionList):
    """Lines with a hanging indent. Arrows move, enter chooses; a first click highlights, a second chooses."""

    DEFAULT_CSS = """
    LineList {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size: 0 1;
        /* a text cannot be set in no column at all, which a terminal made very narrow would leave */
        min-width: 8;
        /* lines are set for one width: a bar that came later would leave the last rows of a paragraph unseen */
        scrollbar-gutter: stable;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-highlighted { background: transparent; }
        &:focus > .option-list--option-highlighted { background: $block-cursor-background; }
        & > .option-list--option-hover { background: $block-hover-background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Up", show=False, id="list.up"),
        Binding("down", "cursor_down", "Down", show=False, id="list.down"),
        Binding("enter", "select", "Choose", show=False, id="list.choose"),
    ]
    HELP = "Up and down move, enter chooses, ? says who says so."
    EMPTY: str = ""
    """What is told where there is no line."""

    class Chosen(Message):
        """A line was chosen, by enter or by a click on the highlighted line."""

        def __init__(self, lines: LineList, line: Line) -> None:
            super().__init__()
            self.lines = lines
            self.line = line

        @property
        def control(self) -> LineList:
            """The list, for `on`."""
            return self.lines

    class Reached(Message):
        """The cursor came to a line, or the list with its line came into focus."""

        def __init__(self, lines: LineList, line: Line) -> None:
            super().__init__()
            self.lines = lines
            self.line = line

        @property
        def control(self) -> LineList:
            """The list, for `on`."""
            return self.lines

    def __init__(self, *, title: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.title = title
        self._lines_shown: tuple[Line, ...] = ()
        self._by_id: dict[str, Line] = {}
        self._width = 0

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines, headings included."""
        return self._lines_shown

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        option = self.highlighted_option
        return self._by_id.get(option.id or "") if option else None

    def show(self, lines: Iterable[Line], at: str | None = None) -> None:
        """Show these lines; the cursor stays on its line, or goes to `at`, or to the first that can be chosen."""
        new = tuple(lines)
        self._told = True
        wanted = at or (self.current.id if self.current else None)
        if self._patched(new):
            if wanted in self._by_id and self.current is not None and self.current.id != wanted:
                self.highlighted = self.get_option_index(wanted)
            return
        before, y = self.highlighted, self.scroll_offset.y
        self._lines_shown = new
        self._by_id = {line.id: line for line in self._lines_shown}
        self._lay_out()
        if wanted in self._by_id:
            self.highlighted = self.get_option_index(wanted)
        elif before is not None and self._lines_shown:
            self.highlighted = min(before, len(self._lines_shown) - 1)
            if self.highlighted is not None and self.options[self.highlighted].disabled:
                self.action_cursor_down()
        else:
            self.action_first()
        if before is not None and at is None:
            self.scroll_to(y=y, animate=False, force=True)
            self.scroll_to_highlight()

    def _patched(self, new: tuple[Line, ...]) -> bool:
        """Put the lines that look different in the place of the old ones; False if the list must be laid out anew."""
        old = self._lines_shown
        if not new and not old:
            return self.option_count == bool(self.EMPTY)
        if not new or len(new) != len(old) or self._width != self._room() or self.option_count != len(new):
            return False
        changed = [(number, line) for number, line in enumerate(new) if not line.same(old[number])]
        texts = [line.set(self._width) for _, line in changed]
        rows = [old[number].set(self._width).plain.count("\n") for number, _ in changed]
        if rows != [text.plain.count("\n") for text in texts]:
            return False
        self._lines_shown = new
        self._by_id = {line.id: line for line in new}
        for number, _ in changed:
            self._id_to_option.pop(old[number].id, None)
        for (number, line), text in zip(changed, texts, strict=True):
            self._option_to_index.pop(self._options[number])
            option = Option(text, id=line.id, disabled=line.heading)
            self._options[number] = self._id_to_option[line.id] = option
            self._option_to_index[option] = number
        if self.highlighted_option is not None and self.highlighted_option.disabled:
            self.highlighted = None
        if changed:
            self.refresh()
        return True

    def select_line(self, id: str) -> None:
        """Move the cursor to a line."""
        if id in self._by_id:
            self.highlighted = self.get_option_index(id)

    def describe(self) -> str:
        """The lines in words, the one under the cursor named."""
        lines = [line.said for line in self._lines_shown]
        now = f"\nAt: {self.current.said.strip()}" if self.current else ""
        return f"{self.title}.\n" + ("\n".join(lines) or self.EMPTY) + now

    def _lay_out(self) -> None:
        self._width = self._room()
        self.set_options([
            Option(line.set(self._width), id=line.id, disabled=line.heading) for line in self._lines_shown
        ])
        # before anything was shown there is nothing to say of what is missing
        if self._told and not self._lines_shown and self.EMPTY:
            self.add_option(Option(self.EMPTY, disabled=True))

    @property
    def room(self) -> int:
        """The width in which lines are set."""
        return self._room()

    def _room(self) -> int:
        return max(20, (self.scrollable_content_region.width or self.size.width) - 2)

    def on_resize(self) -> None:
        """Set the lines anew where the width changed; the line under the cursor stays in sight."""
        if self.highlighted is not None:
            self.call_after_refresh(self.scroll_to_highlight)
        if self._room() == self._width:
            return
        at, focus = self.highlighted, self.highlighted_option
        self._lay_out()
        if focus is not None:
            self.highlighted = at

    def on_focus(self) -> None:
        """Say which line is under the cursor, so that its details are shown."""
        if self.highlighted is None and self._lines_shown:
            self.action_first()
        if self.current is not None:
            self.post_message(self.Reached(self, self.current))

    follow: Callable[[LineList, Line], None] | None = None
    """Called as the cursor moves, before the next picture: what follows the cursor is drawn together with it."""

    highlighted: reactive[int | None] = reactive(None, repaint=False)
    """Of a list of forty rows the cursor changes two."""

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]
        """Let what follows the cursor follow at once; the message comes a picture or two later."""
        for index in (before, highlighted):
            self._paint(index)
        super().watch_highlighted(highlighted)
        if self.follow is not None and self.current is not None:
            self.follow(self, self.current)

    def _paint(self, index: int | None) -> None:
        """Paint the rows of one line anew."""
        if index is None:
            return
        rows, heights = self._index_to_line, self._heights
        if index in rows and index in heights:
            self.refresh_lines(rows[index], heights[index])
        else:
            self.refresh()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Pass it on as a line."""
        event.stop()
        if event.option_id in self._by_id:
            self.post_message(self.Reached(self, self._by_id[event.option_id]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pass it on as a line."""
        event.stop()
        if event.option_id in self._by_id:
            self.post_message(self.Chosen(self, self._by_id[event.option_id]))

    async def _on_click(self, event: events.Click) -> None:
        """A first click shows, a second chooses: what cannot be seen yet is not ordered by accident."""
        # or the list's own handler would choose at the first click
        event.prevent_default()
        index = event.style.meta.get("option")
        if index is None or self.options[index].disabled:
            return
        chosen = self.highlighted == index and self._armed == index
        self.highlighted = self._armed = index
        if chosen:
            self.action_select()

    _armed: int | None = None
    _told = False

    def disarm(self) -> None:
        """The next click shows again, and does not choose."""
        self._armed = None


class Prose(LineList):
    """Lines to read rather than to choose from: arrows scroll, no line is lit."""

    def action_cursor_down(self) -> None:
        """A row down."""
        self.scroll_down(animate=False)

    def action_cursor_up(self) -> None:
        """A row up."""
        self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """A page down."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """A page up."""
        self.scroll_page_up(animate=False)

    def action_first(self) -> None:
        """To the top."""
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)
