"""tui: seat by seat, what each is to the other at one point of the match."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.tui.lines.charts import trend_of
from sim.tui.lines.line import plain
from sim.tui.lines.tracks import changed
from sim.tui.widgets.chart import STEPPING
from sim.words.models import Relation, RelationsModel

_NARROW = 12
"""Columns are not made narrower than this for the sake of the seats' names; their codes stand in."""
_WIDEST = 20


class Matrix(Widget):
    """Rows hold, columns are held of. Up and down go through the pairs between which there is something."""

    DEFAULT_CSS = """
    Matrix { height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pair(-1)", "Pair before", show=False, id="matrix.up"),
        Binding("down", "pair(1)", "Pair after", show=False, id="matrix.down"),
        *STEPPING,
    ]
    HELP = ("What each seat (row) is to each other (column), as of the round named above. · is hidden from your seat, "
            "◦ counts offers that wait and consents that stand. Up and down go from pair to pair, left and right from "
            "round to round; a click chooses a pair.")
    can_focus = True

    class Reached(Message):
        """The cursor came to a pair."""

        def __init__(self, relation: Relation) -> None:
            super().__init__()
            self.relation = relation

    def __init__(self, *, title: str = "Relations", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.title = title
        self.model = RelationsModel((), (), ())
        self._point = 0
        self._pair = 0

    def show(self, model: RelationsModel, at: int) -> None:
        """Show the relations as they stood at a point."""
        self.model, self._point = model, at
        self.refresh(layout=True)
        if self.current is not None:
            self.post_message(self.Reached(self.current))

    @property
    def current(self) -> Relation | None:
        """The pair under the cursor."""
        return self.model.relations[self._pair] if self.model.relations else None

    def action_pair(self, step: int) -> None:
        """To the next pair."""
        if self.model.relations:
            self._go_to((self._pair + step) % len(self.model.relations))

    def _go_to(self, pair: int) -> None:
        self._pair = pair
        self.refresh()
        self.post_message(self.Reached(self.model.relations[pair]))

    # -- rendering

    def widths(self) -> tuple[int, int]:
        """Width of the seats' names at the left, and of a column."""
        number = max(1, len(self.model.actors))
        width = max(40, self.content_size.width or self.app.size.width - 4)
        head = max((len(name) for _, name, _ in self.model.actors), default=0) + 2
        if (width - head) // number < _NARROW:
            head = max((len(code) for _, _, code in self.model.actors), default=0) + 2
        return head, min(_WIDEST, (width - head) // number)

    @property
    def rows(self) -> int:
        """Two rows for each seat, one above them, a gap between them where there is room."""
        return 1 + len(self.model.actors) * self._rows_each()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many as `rows`."""
        return self.rows

    def _rows_each(self) -> int:
        return 2 if self.screen.has_class("-low") else 3

    def render(self) -> Content:
        """Names above, then seat by seat."""
        head, column = self.widths()
        actors = self.model.actors
        named = head > max((len(code) for _, _, code in actors), default=0) + 2
        top = plain("row → column".ljust(head)[:head - 1].ljust(head) if head > 12 else " " * head, "$quiet")
        for _, name, code in actors:
            top += plain(_fit(name if len(name) < column - 1 else code, column), "bold $quiet")
        rows = [top]
        for holder, name, code in actors:
            first = plain(_fit(name if named else code, head), "bold")
            second = plain(" " * head)
            for toward, _, _ in actors:
                cell = self._cell(holder, toward, column)
                first, second = first + cell[0], second + cell[1]
            rows += [first, second, *([plain("")] * (self._rows_each() - 2))]
        return Content("\n").join(rows)

    def _cell(self, holder: str, toward: str, width: int) -> tuple[Content, Content]:
        relation = self.model.between(holder, toward)
        if relation is None:
            sign = " " if holder == toward else "–"
            return plain(sign.ljust(width), "$rule"), plain(" " * width)
        style = ""
        if relation is self.current:
            style = "on $block-cursor-background" if self.has_focus else "on $block-cursor-blurred-background"
        first, second = self._held(relation, width - 2)
        waiting = relation.standing[self._point]
        if waiting:
            note = plain(f"◦{len(waiting)}", "$mark")
            if relation.series:
                second = second.truncate(width - 4 - len(note), pad=True) + plain(" ") + note
            else:
                first = first + plain(" ") + note if relation.hidden else note
        cells = []
        for content in (first, second):
            padded = content.truncate(width - 2, ellipsis=True, pad=True)
            cells.append((padded.stylize(style) if style else padded) + plain("  "))
        return cells[0], cells[1]

    def _held(self, relation: Relation, width: int) -> tuple[Content, Content]:
        """What is measured, its value and change; below its trend, and the change where it did not fit above."""
        if not relation.series:
            return plain("·", "$quiet") if relation.hidden else plain("–", "$rule"), plain("")
        line, kind = relation.series[0], relation.kinds[0]
        value = plain(str(line.values[self._point]), "bold")
        if len(relation.series) > 1:
            value += plain(f" +{len(relation.series) - 1}", "$quiet")
        first = plain(f"{kind} ", "$quiet") + value
        if first.cell_length > width:
            first = value
        change = line.change(self._point)
        shown = changed(change, line.judged(change)) if change else plain("")
        room = width - (3 if relation.standing[self._point] else 0)
        if not change:
            return first, trend_of(line, self._point, room)
        if first.cell_length + 2 + shown.cell_length <= width:
            return first + plain("  ") + shown, trend_of(line, self._point, room)
        return first, shown + plain(" ") + trend_of(line, self._point, max(1, room - shown.cell_length - 1))

    def on_click(self, event: events.Click) -> None:
        """Choose the pair under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or not self.model.actors:
            return
        head, column = self.widths()
        row, at = (offset.y - 1) // self._rows_each(), (offset.x - head) // column
        if offset.y < 1 or offset.x < head or row >= len(self.model.actors) or at >= len(self.model.actors):
            return
        found = self.model.between(self.model.actors[row][0], self.model.actors[at][0])
        if found is not None:
            self.focus()
            self._go_to(self.model.relations.index(found))

    def describe(self) -> str:
        """Pair by pair."""
        names = {actor: name for actor, name, _ in self.model.actors}
        said = [f"{self.title}."]
        for relation in self.model.relations:
            parts = [f"{line.title} {line.values[self._point]}" for line in relation.series]
            if relation.hidden:
                parts.append("hidden from your seat")
            parts += relation.standing[self._point]
            if parts:
                said.append(f"{names[relation.holder]} to {names[relation.toward]}: {'; '.join(parts)}")
        return "\n".join(said)


def _fit(text: str, width: int) -> str:
    return text[:width - 1].ljust(width)
