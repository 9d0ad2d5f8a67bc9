"""tui: the phases in full: where the situation stands, where it has been, what each step asks, in today's values."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from sim.tui.lines.phases import about_node, node_lines
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList, Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle


class PhaseList(LineList):
    """The phases, the current one lit."""

    HELP = ("All phases of the situation. ▣ is where it stands, ■ where it has been, □ what was not reached; ▸ can follow "
            "from here. Up and down choose one, and beside it stands what it means and what each step asks today: "
            "✓ holds, · does not. Tab goes to that text, esc goes back.")
    EMPTY = "This scenario has no phases."


class PhaseText(Prose):
    """About the phase under the cursor."""

    HELP = "What the phase means, and what each step out of it asks. ✓ holds today, · does not. Up and down scroll."


class PhasesPage(Sheet):
    """The state diagram at full size."""

    DEFAULT_CSS = """
    PhasesPage #phases { height: 1fr; margin-top: 1; }
    PhasesPage #pane-nodes { width: 5fr; }
    PhasesPage #pane-node { width: 7fr; }
    PhasesPage.-tabs #phases, PhasesPage.-tiny #phases { layout: vertical; margin-top: 0; }
    PhasesPage.-tabs #pane-nodes, PhasesPage.-tabs #pane-node,
    PhasesPage.-tiny #pane-nodes, PhasesPage.-tiny #pane-node { width: 1fr; height: 1fr; }
    """
    AUTO_FOCUS = "#nodes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f", "back", "Back", id="phases.back"),
    ]

    def body(self) -> ComposeResult:
        """Masthead, the list, the text about one phase."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="phases"):
            with Vertical(classes="pane", id="pane-nodes") as pane:
                entitle(pane, "Phases")
                yield PhaseList(title="Phases", id="nodes")
            with Vertical(classes="pane", id="pane-node") as pane:
                entitle(pane, "About")
                yield PhaseText(title="About", id="node")

    def ready(self) -> None:
        """Fill the list, the cursor on the current phase."""
        self.diagram = self.desk.phases()
        self.head(self.diagram)
        nodes = self.query_one(PhaseList)
        here = self.diagram.current
        nodes.show(node_lines(self.diagram), at=here.id if here else None)
        nodes.focus()
        if here is not None:
            self._tell(here.id)

    def _tell(self, id: str) -> None:
        title = next(node.title for node in self.diagram.nodes if node.id == id)
        page = self.query_one(PhaseText)
        page.title = title
        entitle(self.query_one("#pane-node"), title)
        page.show(about_node(self.diagram, id))
        page.action_first()

    @on(LineList.Reached, "#nodes")
    def _reached(self, event: LineList.Reached) -> None:
        self._tell(event.line.id)

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
