"""tui: the relations: what each seat is to each other, round by round."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from sim.tui.lines.charts import moved_lines, where
from sim.tui.lines.line import Line, gap, heading, plain
from sim.tui.lines.tracks import changed
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.chart import STEPPING
from sim.tui.widgets.line_list import Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.matrix import Matrix
from sim.tui.widgets.titles import entitle
from sim.words.models import Relation, RelationsModel, Series

NOTHING = "No track of this scenario tells what one seat is to another."
LEGEND = "Row toward column  – nothing  · hidden from you  ◦ offers and consents open"


class AboutPair(Prose):
    """What the pair under the cursor is to one another."""

    HELP = "What the number means, what stands between the two, and how it came about, round by round."
    BINDINGS: ClassVar[list[BindingType]] = [*STEPPING]


class RelationsPage(Sheet):
    """Seat by seat, as of a round."""

    DEFAULT_CSS = """
    RelationsPage #relations { height: 1fr; margin-top: 1; }
    RelationsPage.-low #relations { margin-top: 0; }
    RelationsPage #box-matrix { max-height: 65%; }
    RelationsPage #scroll-matrix { height: 1fr; }
    RelationsPage #legend { height: 1; padding: 0 1; color: $quiet; }
    RelationsPage.-without #legend { display: none; }
    RelationsPage.-without #pane-pair { display: none; }
    RelationsPage #nothing { display: none; padding: 1 2; }
    RelationsPage.-without #nothing { display: block; }
    """
    AUTO_FOCUS = "#matrix"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,e", "back", "Back", id="relations.back"),
        *STEPPING,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._model = RelationsModel((), (), ())
        self._at = 0

    def body(self) -> ComposeResult:
        """Matrix above, the pair under the cursor below."""
        yield Masthead(Head("", "", ""))
        with Vertical(id="relations"):
            with Vertical(id="box-matrix"), Vertical(classes="pane", id="pane-matrix") as pane:
                entitle(pane, "Relations")
                with VerticalScroll(id="scroll-matrix", can_focus=False):
                    yield Matrix(id="matrix")
                yield Static(LEGEND, id="legend", markup=False)
                yield Static(NOTHING, id="nothing", markup=False)
            with Vertical(classes="pane", id="pane-pair") as pane:
                entitle(pane, "This pair")
                yield AboutPair(title="This pair", id="pair")

    def ready(self) -> None:
        """Show the latest round."""
        self.head()
        self._model = self.desk.relations()
        self._at = max(0, len(self._model.points) - 1)
        self.set_class(not self._model.relations, "-without")
        matrix = self.query_one(Matrix)
        matrix.display = bool(self._model.relations)
        matrix.focus()
        self._fill()

    def _fill(self) -> None:
        if not self._model.relations:
            return
        matrix = self.query_one(Matrix)
        matrix.show(self._model, self._at)
        # its title and the legend
        self.query_one("#box-matrix").styles.height = matrix.rows + 2
        now = self._model.points[self._at]
        phase = f" · {now.phase}" if now.phase else ""
        entitle(self.query_one("#pane-matrix"), f"Relations · {where(now)[0].lower()}{where(now)[1:]}{phase}")

    @on(Matrix.Reached)
    def _reached(self, event: Matrix.Reached) -> None:
        names = {actor: name for actor, name, _ in self._model.actors}
        relation = event.relation
        about = self.query_one(AboutPair)
        about.show(self._about(relation))
        about.scroll_home(animate=False)
        about.title = f"{names[relation.holder]} → {names[relation.toward]}"
        entitle(self.query_one("#pane-pair"), about.title)

    def _about(self, relation: Relation) -> list[Line]:
        """What is hidden, what stands, then each track with its history up to the point, the latest first."""
        out: list[Line] = []
        for number, text in enumerate(relation.standing[self._at]):
            out.append(Line(f"standing:{number}", plain(text), plain("◦ ", "$mark")))
        for line in relation.series:
            out += [gap(line.name)] if out else []
            out += [heading(line.name, line.title), Line(f"text:{line.name}", plain(line.text)),
                    *self._history(line)]
        if relation.hidden:
            out.append(Line("hidden", plain("What is measured between these two is hidden from your seat.", "$quiet")))
        return out or [Line("nothing", plain("Nothing stood between them at this point.", "$quiet"))]

    def _history(self, line: Series) -> list[Line]:
        out = []
        for at in range(self._at, -1, -1):
            change = line.change(at)
            if not change and at != self._at:
                continue
            head = plain(f"{line.values[at]:>3}  ", "bold")
            told = changed(change, line.judged(change)) + plain("  ") if change else plain("")
            out.append(Line(f"{line.name}:{at}", told + plain(where(self._model.points[at]), "$quiet"), head))
            out += [Line(f"{line.name}:{at}:{moved.id}", moved.body, plain("     ") + moved.head)
                    for moved in moved_lines(line, line.moved[at])]
        return out

    def on_resize(self, event: events.Resize) -> None:
        """The matrix is set for its width and height."""
        if self.is_ready:
            self.call_after_refresh(self._fill)

    def action_round(self, step: int) -> None:
        """As of the round before or after."""
        if 0 <= self._at + step < len(self._model.points):
            self._at += step
            self._fill()

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)

    def describe(self) -> str:
        """Matrix and pair in words, or that there is nothing to show."""
        return super().describe() if self._model.relations else NOTHING
