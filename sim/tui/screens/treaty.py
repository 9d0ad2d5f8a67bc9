"""tui: the treaty reader: what was signed, provision by provision; the one under the cursor in full beside the list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from sim.tui.lines.treaty import legend, provision_lines, reading_lines
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import ProvisionLine


class ProvisionList(LineList):
    """Agreements and their provisions."""

    HELP = (f"What was signed, with where it stands now: {legend()}. Δ changed in the last round. Enter or tab goes to "
            "the text, ? tells who says so.")
    EMPTY = "Nothing was signed between these parties."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.read", "To the text", key_display="→", id="treaty.read"),
    ]
    UNSOURCED = "No source is named for this provision."


class ProvisionText(LineList):
    """One provision in full."""

    HELP = ("The provision in full: text, parties, history, what moves it, and the claims on it. Enter on a claim, or ?, "
            "tells who says so and who disputes it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.choose", "To the list", key_display="←", id="treaty.choose"),
    ]
    UNSOURCED = "No source is named for this provision."


class TreatyReader(Sheet):
    """List at the left, text at the right; narrow, the list above the text."""

    DEFAULT_CSS = """
    TreatyReader #treaty { height: 1fr; margin-top: 1; }
    TreatyReader #pane-list { width: 6fr; }
    TreatyReader #pane-provision { width: 7fr; }
    TreatyReader.-tabs #treaty { layout: vertical; margin-top: 0; }
    TreatyReader.-tabs #pane-list { width: 1fr; height: 8; }
    TreatyReader.-tabs #pane-provision { width: 1fr; height: 1fr; }
    """
    AUTO_FOCUS = "#provisions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p", "back", "Back", id="treaty.back"),
        Binding("question_mark", "sources", "Who says so", id="treaty.sources"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._provisions: dict[str, ProvisionLine] = {}
        self._at = ""

    def body(self) -> ComposeResult:
        """List and text."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="treaty"):
            with Vertical(classes="pane", id="pane-list") as pane:
                entitle(pane, "Provisions · what was signed")
                yield ProvisionList(title="Provisions", id="provisions")
            with Vertical(classes="pane", id="pane-provision") as pane:
                entitle(pane, "The provision")
                yield ProvisionText(title="The provision", id="provision")

    def ready(self) -> None:
        """Show everything signed."""
        now = self.desk.situation()
        self.head()
        provisions = self.desk.provisions()
        self._provisions = {f"provision:{it.id}": it for it in provisions}
        lines = self.query_one(ProvisionList)
        lines.show(provision_lines(provisions, now.round if now.ending else now.round - 1))
        lines.focus()
        if provisions:
            self._read(f"provision:{provisions[0].id}")

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        if isinstance(event.lines, ProvisionList):
            self._read(event.line.id)

    def _read(self, id: str) -> None:
        it = self._provisions.get(id)
        if it is None or id == self._at:
            return
        self._at = id
        entitle(self.query_one("#pane-provision"), f"{it.agreement} · {it.point}" if it.point else it.agreement)
        text = self.query_one(ProvisionText)
        text.show(reading_lines(it, self.desk.sources(it.source)))
        text.action_first()
        text.scroll_home(animate=False)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if isinstance(event.lines, ProvisionList):
            self.action_read()
        else:
            self.action_sources()

    def action_read(self) -> None:
        """To the text of the provision."""
        self.query_one(ProvisionText).focus()

    def action_choose(self) -> None:
        """Back to the list."""
        self.query_one(ProvisionList).focus()

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
