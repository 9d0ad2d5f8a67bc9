"""tui: what every screen has: the app's desk, the footer, the sentence of a terminal that is too small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from sim.tui.lines.line import Line
from sim.tui.table import Desk
from sim.tui.widgets.key_line import KeyLine
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from sim.tui.app import DetenteApp
    from sim.words.models import PhaseDiagram

Result = TypeVar("Result")


def app_of(node: Widget | Screen[Result]) -> DetenteApp:
    """The app a widget runs in."""
    app: DetenteApp = node.app  # type: ignore[assignment]
    return app


class Closing(Screen[Result]):
    """A screen that closes once."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, if it is on top: a key that was typed while it closed would take what lies beneath with it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def describe(self) -> str:
        """All that the screen shows, in words, widget by widget."""
        said = [node.describe() for node in self.query("*") if hasattr(node, "describe") and node.display
                and not isinstance(node, TooSmall)]
        return "\n\n".join(said)


class Sheet(Closing[None]):
    """A full screen. Subclasses give their `body`."""

    def body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Body, footer, and the sentence that covers both where the terminal is too small."""
        # before there is anything that would have to be styled anew for it
        self.update_classes(self._breakpoints(), update=False)
        yield from app_of(self).above()
        yield from self.body()
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Fill the screen once all its widgets stand and have their size."""
        self.call_after_refresh(self._make_ready)

    def _make_ready(self) -> None:
        # who leaves at once has let go of the match before the screen stands
        if self not in self.app.screen_stack or app_of(self).leaving:
            self._waits = True
            return
        # on a busy loop a refresh may come before the inner widgets stand; asking again at once would keep the loop
        # from ever mounting them
        if not all(node.is_mounted for node in self.query("*")):
            self.set_timer(0.01, self._make_ready)
            return
        self.is_ready = True
        self.ready()
        if app_of(self).in_class:
            # what it was filled with asks for another layout
            self.call_after_refresh(self.call_after_refresh, self._unveil)

    is_ready = False
    _waits = False
    """Whether it stands, and is to be filled once it is shown."""
    seen = False
    """In a class: whether it was painted, filled and laid out."""
    _unveiled = False

    def _unveil(self) -> None:
        self._unveiled = True
        self.refresh()

    def veil(self) -> None:
        """In a class: paint nothing until all that is about to be put in is laid out."""
        self._unveiled = False
        self.call_after_refresh(self.call_after_refresh, self._unveil)

    def _compositor_refresh(self) -> None:
        # thirty of them share a loop in a class: a screen is painted once it is filled and laid out, not on the way there
        app = app_of(self)
        if self._unveiled or not app.in_class:
            super()._compositor_refresh()
            if self._unveiled and not self.seen and self is app.screen:
                self.seen = True
                app.first_seen(self)

    leads_on = False
    """Whether what lies beneath shows another round or line until this screen has led on to it."""

    def ready(self) -> None:
        """Fill the screen."""

    @property
    def desk(self) -> Desk:
        """The seat's desk; only screens of an open match ask for it.

        It stays the one that was first asked for: what a screen still has to do when the app lets go of the match is
        done on that match, and every match has screens of its own.
        """
        if self._desk is None:
            self._desk = app_of(self).desk
        assert self._desk is not None
        return self._desk

    _desk: Desk | None = None

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """A screen that lay beneath another may have missed a change of size."""
        self.update_classes(self._breakpoints(), animate=False)
        if self._waits:
            # it was built before it was needed
            self._waits = False
            self.call_after_refresh(self._make_ready)
        # what was styled in these colours needs no second round through all rules
        dressed, self._dressed = self._dressed, (self.app.theme, self.app.app_focus)
        if dressed in (None, self._dressed):
            event.refresh_styles = False

    _dressed: tuple[str, bool] | None = None

    def _breakpoints(self) -> dict[str, bool]:
        """The classes of the terminal's size."""
        size, app = self.app.size, self.app
        lit = (self._get_breakpoint_classes(size.width, app.HORIZONTAL_BREAKPOINTS or [])
               | self._get_breakpoint_classes(size.height, app.VERTICAL_BREAKPOINTS or []))
        return {name: name in lit for _, name in (app.HORIZONTAL_BREAKPOINTS or []) + (app.VERTICAL_BREAKPOINTS or [])}

    def head(self, phases: PhaseDiagram | None = None) -> None:
        """Fill the masthead: where the match stands, and what the seat has spent and ordered."""
        spent, orders = self.desk.spending()
        self.query_one(Masthead).show(self.desk.situation(), spent, orders, phases)

    def hidden_panes(self) -> Sequence[Widget]:
        """Panes that lie on other tabs and can be jumped to."""
        return ()

    def reveal(self, pane: Widget) -> None:
        """Go to a pane, wherever it lies."""
        pane.focus()

    def line_at_hand(self) -> Line | None:
        """The line under the cursor of the list in focus."""
        return self.focused.current if isinstance(self.focused, LineList) else None


class Sheetlet(Closing[Result], ModalScreen[Result]):
    """A dialog over a screen."""

    DEFAULT_CSS = """
    Sheetlet { align: center middle; background: $background 60%; layers: base over; }
    Sheetlet > .box { width: 74; max-width: 94%; height: auto; max-height: 90%; background: $panel;
                      border: round $primary; border-title-color: $foreground; border-title-style: bold;
                      padding: 1 2; }
    Sheetlet > .box LineList { height: auto; max-height: 100%; }
    Sheetlet .text { height: auto; background: transparent; }
    Sheetlet .keys { dock: bottom; height: 1; margin-top: 1; link-style: none; link-color: $foreground;
                     link-style-hover: none; link-color-hover: $primary; link-background-hover: $panel; }
    """

    def on_mount(self) -> None:
        """A terminal that is too small covers a dialog too."""
        self.mount(TooSmall())

    def describe(self) -> str:
        """What the dialog says."""
        return "\n".join(node.describe() for node in self.query("*")
                         if hasattr(node, "describe") and not isinstance(node, TooSmall))
