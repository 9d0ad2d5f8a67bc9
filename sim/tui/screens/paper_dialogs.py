"""tui: what the page of papers asks: a wording, a new paper; and the versions of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from sim.tui.lines.line import Line, plain
from sim.tui.lines.papers import as_it_stood, version_lines
from sim.tui.screens.dialogs import key
from sim.tui.screens.sheet import Sheet, Sheetlet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList, Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.tui.widgets.wording import Wording

if TYPE_CHECKING:
    from sim.lesson.papers import Paper


class WordingDialog(Sheetlet[str | None]):
    """One wording; enter puts it in brackets, esc leaves all as it is."""

    DEFAULT_CSS = """
    WordingDialog > .box { height: 16; }
    WordingDialog Wording { margin-bottom: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="wording.back")]

    def __init__(self, title: str, text: str, most: int) -> None:
        """`most`: characters."""
        super().__init__()
        self.heading, self._text, self._most = title, text, most

    def compose(self) -> ComposeResult:
        """The text and the keys."""
        with Vertical(classes="box") as box:
            entitle(box, self.heading)
            yield Wording(self._text, title=self.heading, id="wording")
            yield Static(key("enter", "put it in brackets", "screen.done") + plain("     ")
                         + key("esc", "back", "screen.back"), classes="keys")

    @on(Wording.Done)
    def _done(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        """Close with the wording."""
        text = self.query_one(Wording).text.strip()
        if len(text) > self._most:
            self.notify(f"That has {len(text):,} characters, and {self._most:,} is the most; shorten it.", severity="warning")
            return
        self.dismiss(text or None)

    def action_back(self) -> None:
        """Close without."""
        self.dismiss(None)


class Parties(LineList):
    """With whom a paper is drafted."""

    HELP = "The delegations that draft the paper with yours. Enter or a second click marks and unmarks."


class NewPaper(Sheetlet[tuple[str, tuple[str, ...]] | None]):
    """Title and parties of a new paper."""

    DEFAULT_CSS = """
    NewPaper > .box { height: auto; }
    NewPaper Parties { height: auto; max-height: 10; margin-bottom: 2; }
    NewPaper Input { margin-bottom: 1; border: round $rule; background: $panel; }
    NewPaper Input:focus { border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "done", "Open it", id="newpaper.done"),
        Binding("escape", "back", "Back", id="newpaper.back"),
    ]

    def __init__(self, others: Sequence[tuple[str, str]], most: int) -> None:
        """`others`: id and name; `most`: characters of a title."""
        super().__init__()
        self._others, self._most = others, most
        self._marked = {others[0][0]} if len(others) == 1 else set()

    def compose(self) -> ComposeResult:
        """A line for the title, a list of the others."""
        with Vertical(classes="box") as box:
            entitle(box, "A new paper")
            yield Input(placeholder="Title, for instance: Joint statement", max_length=self._most, id="title-of-paper")
            yield Static(plain("With whom; enter marks", "bold $quiet"))
            yield Parties(title="With whom", id="parties")
            yield Static(key("F9", "open it", "screen.done") + plain("     ") + key("tab", "to the list", "screen.on")
                         + plain("     ") + key("esc", "back", "screen.back"), classes="keys")

    def on_mount(self) -> None:
        """Show the list once it has a width."""
        super().on_mount()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if self.is_attached:
            self.query_one(Parties).show([Line(id, plain(name), plain("☒ " if id in self._marked else "☐ ", "$mark"), wraps=False)
                                          for id, name in self._others])

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self._marked ^= {event.line.id}
        self._fill()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._marked:
            self.action_done()
        else:
            self.action_on()

    def action_on(self) -> None:
        """To the list."""
        self.query_one(Parties).focus()

    def action_done(self) -> None:
        """Close with what was chosen."""
        title = self.query_one(Input).value.strip()
        if not title or not self._marked:
            self.notify("A paper needs a title and at least one other delegation.", severity="warning")
            return
        self.dismiss((title, tuple(id for id, _ in self._others if id in self._marked)))

    def action_back(self) -> None:
        """Close without."""
        self.dismiss(None)


class VersionList(LineList):
    """The changes."""

    HELP = "Every change, the newest first; beside it the text as it stood after it."


class Versions(Sheet):
    """A paper's history."""

    DEFAULT_CSS = """
    Versions #versions { height: 1fr; margin-top: 1; }
    Versions #box-list { width: 44; }
    Versions #box-stood { width: 1fr; }
    Versions.-tabs #versions { layout: vertical; margin-top: 0; }
    Versions.-tabs #box-list { width: 100%; height: 8; }
    Versions.-tabs #box-stood { width: 100%; height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,v", "back", "Back", id="versions.back")]

    def __init__(self, paper: Paper, names: Mapping[str, str]) -> None:
        """`names`: of the seats."""
        super().__init__()
        self._paper, self._names = paper, names

    def body(self) -> ComposeResult:
        """The changes, and the text after the one under the cursor."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="versions"):
            with Vertical(id="box-list"), Vertical(classes="pane") as pane:
                entitle(pane, f"Versions of {self._paper.title}")
                yield VersionList(title="Versions", id="changes")
            with Vertical(id="box-stood"), Vertical(classes="pane", id="pane-stood") as pane:
                entitle(pane, "As it stood")
                yield Prose(title="As it stood", id="stood-text")

    def ready(self) -> None:
        """Show the newest."""
        self.head()
        lines = self.query_one(VersionList)
        lines.follow = self._follow
        lines.show(version_lines(self._paper, self._names) or [Line("none", plain("Nothing was written yet.", "$quiet"))])
        lines.focus()

    def _follow(self, lines: LineList, line: Line) -> None:
        number = line.id.partition(":")[2]
        version = next((v for v in self._paper.versions if str(v.revision) == number), None)
        if version is not None:
            entitle(self.query_one("#pane-stood"), f"Version {version.revision}")
            self.query_one("#stood-text", Prose).show(as_it_stood(version, self._names))

    def action_back(self) -> None:
        """To the paper."""
        self.dismiss(None)
