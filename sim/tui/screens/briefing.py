"""tui: the brief before play; also the frame that stands while a match is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.line import EMPTY, Line, plain
from sim.tui.lines.prose import brief_lines
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import BriefModel, Situation


class BriefPage(Prose):
    """The brief, paragraph by paragraph."""

    HELP = "Your brief. The public part everyone may know; the confidential part is yours. Enter begins."
    UNSOURCED = ("The brief is the authors' own text and cites no source line by line. In the match the wire (w), the "
                 "provisions (p) and every move tell with ? who says so.")


class Briefing(Sheet):
    """Seat and date at once; the brief when it is loaded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "To the situation room", id="briefing.begin", priority=True),
        Binding("c", "change", "Change the setup", id="briefing.change"),
        Binding("question_mark", "sources", "Who says so", show=False, id="briefing.sources"),
        Binding("escape", "back", "Back", id="briefing.back"),
    ]

    def __init__(self, head: Head, fresh: bool) -> None:
        """`fresh`: before the first round; else it is read again in the middle of a match."""
        super().__init__()
        self._head, self._fresh = head, fresh
        self._told: tuple[Situation, BriefModel] | None = None

    def body(self) -> ComposeResult:
        """Masthead and page."""
        yield Masthead(self._head)
        with Vertical(classes="pane page") as pane:
            entitle(pane, "Brief")
            yield BriefPage(title="Brief", id="brief")

    def ready(self) -> None:
        """Say that the match is being loaded, unless it is already."""
        page = self.query_one(BriefPage)
        page.focus()
        if self._told is not None:
            self._fill(*self._told)
        else:
            page.show([Line("wait", plain("The table is being set …", "$quiet"))])

    def show(self, situation: Situation, brief: BriefModel) -> None:
        """The match is loaded; that may be before the screen stands."""
        self._told = (situation, brief)
        if self.is_ready:
            self._fill(situation, brief)

    def _fill(self, situation: Situation, brief: BriefModel) -> None:
        self.head()
        entitle(self.query_one(".pane"), f"Brief · {brief.name}" + (f" · {brief.title}" if brief.title not in {"", brief.name} else ""))
        page = self.query_one(BriefPage)
        page.show(brief_lines(brief))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter begins once there is a match; the clock can be changed only before it."""
        if action == "begin":
            return app_of(self).desk is not None
        if action == "change":
            return self._fresh and not app_of(self).in_class
        if action == "back":
            return not (self._fresh and app_of(self).in_class)
        return True

    def action_begin(self) -> None:
        """To the situation room."""
        app_of(self).enter_room() if self._fresh else self.dismiss(None)

    def action_change(self) -> None:
        """Choose seat, leg and level."""
        app_of(self).choose_seat()

    def action_sources(self) -> None:
        """A brief cites nothing, and says so."""
        app_of(self).show_sources(Line("brief", EMPTY))

    def action_back(self) -> None:
        """To the screen before; from a match that is still being opened to the home screen."""
        if self._fresh:
            app_of(self).choose_seat()
        elif app_of(self).desk is None:
            app_of(self).action_go_home()
        else:
            self.dismiss(None)
