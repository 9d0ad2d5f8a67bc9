"""tui: the glossary: the scenario's own words and those of the game, filtered by typing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.glossary import glossary_lines
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.filter_line import FilterLine
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import TermGroup


class TermList(LineList):
    """Words and what they mean."""

    HELP = "The words of this scenario, then those of the game and of its field. / filters by typing, esc goes back."
    EMPTY = "No word fits. Esc in the filter shows all again."
    UNSOURCED = "A glossary explains words; it cites no source."


class GlossaryPage(Sheet):
    """Terms in groups."""

    DEFAULT_CSS = """
    GlossaryPage LineList { max-width: 112; }
    """
    AUTO_FOCUS = "#terms"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,g", "back", "Back", id="glossary.back"),
        Binding("slash", "filter", "Filter", id="glossary.filter"),
        Binding("n", "group(1)", "Next group", id="glossary.next"),
        Binding("p", "group(-1)", "Group before", id="glossary.previous"),
        Binding("question_mark", "sources", "Who says so", show=False, id="glossary.sources"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[TermGroup, ...] = ()

    def body(self) -> ComposeResult:
        """Filter above list."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "Glossary")
            yield FilterLine(id="filter")
            yield TermList(title="Glossary", id="terms")

    def ready(self) -> None:
        """All words."""
        self.head()
        self._groups = self.desk.glossary()
        self._refill()
        self.query_one(TermList).focus()

    def _refill(self) -> None:
        lines = self.query_one(TermList)
        lines.show(glossary_lines(self._groups, self.query_one(FilterLine).value))
        shown, whole = sum(not line.heading for line in lines.shown), sum(len(group.terms) for group in self._groups)
        entitle(self.query_one(".pane"), f"Glossary · {shown} of {whole} words" if shown < whole else f"Glossary · {whole} words")

    @on(FilterLine.Typed)
    def _typed(self) -> None:
        if self.is_ready:
            self._refill()

    @on(FilterLine.Left)
    def _left(self) -> None:
        self.query_one(TermList).focus()

    def action_filter(self) -> None:
        """Type to filter."""
        self.query_one(FilterLine).open()

    def action_group(self, step: int) -> None:
        """To the next group of words, or the one before."""
        lines = self.query_one(TermList)
        starts = [at + 1 for at, line in enumerate(lines.shown) if line.heading and line.body.plain]
        here = lines.highlighted or 0
        found = [at for at in starts if at > here] if step > 0 else [at for at in reversed(starts) if at < here]
        if found:
            lines.highlighted = found[0]

    def action_sources(self) -> None:
        """A glossary cites nothing, and says so."""
        app_of(self).show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
