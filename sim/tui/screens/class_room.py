"""tui: the situation room of a class: a delegation drafts on one sheet, its head files it, the clock closes the round."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sim.tui.lines.line import Line, plain
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.sheet import app_of
from sim.tui.widgets.panes import OrderPane
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.lesson import SeatRoom
    from sim.lesson.sheets import Sheet as OrderSheet


class ClassRoom(SituationRoom):
    """The situation room, in which a delegation drafts on one sheet and its head files it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "resolve", "File the orders", id="room.resolve"),
        Binding("u", "unfile", "Take the filing back", id="room.unfile"),
    ]

    @property
    def sheet(self) -> OrderSheet | None:
        """The delegation's sheet; None for who watches."""
        return self.desk.sheet()  # type: ignore[attr-defined, no-any-return]

    def _show_filed(self) -> None:
        pane, sheet = self.query_one(OrderPane), self.sheet
        if sheet is None:
            pane.does = "is for delegations"
            super()._show_filed()
            return
        pane.by = {line.key: line.by for line in sheet.lines if line.by}
        pane.next = _next(sheet, self.app.room, app_of(self).key_for("room.resolve", "r"))  # type: ignore[attr-defined]
        super()._show_filed()
        filed = "" if sheet.filed is None else " · changed since it was filed" if sheet.differs else " · filed"
        _, orders = self.desk.spending()
        entitle(self.query_one("#pane-orders"), f"Your delegation's orders · {orders} of {self.desk.situation().orders}{filed}")
        self.refresh_bindings()

    def action_resolve(self) -> None:
        """Go through the sheet and file it; who does not head the delegation is told who does."""
        sheet, room = self.sheet, self.app.room  # type: ignore[attr-defined]
        if sheet is not None and sheet.may_file:
            super().action_resolve()
            return
        self.notify(room.now if room is not None else "Only a delegation files.", title="Not yours to file", timeout=8)

    def action_unfile(self) -> None:
        """Take back what was filed; the sheet stays."""
        app_of(self).at_the_desk(self.desk.take_back, self._unfiled)  # type: ignore[attr-defined]

    def _unfiled(self, refused: str | None) -> None:
        if refused:
            self.notify(refused, title="Not possible", severity="warning", timeout=8)
        else:
            self.notify("Taken back. Nothing is filed now; the sheet stays as it is.", timeout=6)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was filed can be taken back by who may file, and is filed again only once the sheet has changed."""
        sheet = self.sheet if action in {"unfile", "resolve"} and app_of(self).desk is not None else None
        if action == "resolve" and sheet is not None and sheet.filed is not None and not sheet.differs:
            return False
        if action == "unfile":
            return sheet is not None and sheet.may_file and sheet.filed is not None
        return super().check_action(action, parameters)


def _next(sheet: OrderSheet, room: SeatRoom | None, key: str) -> Line:
    """What is to be done with the sheet, under its lines."""
    does = plain(f"{key} ", "bold $primary")
    if sheet.filed is not None and sheet.differs:
        said = does + plain("files it again: the sheet has changed since", "$mark") if sheet.may_file else plain(
            "The sheet has changed since it was filed.", "$mark")
    elif sheet.filed is not None:
        said = plain("Filed. ", "$good bold") + (plain("u", "bold $primary") + plain(" takes it back", "$quiet")
                                                 if sheet.may_file else plain(""))
    elif sheet.may_file:
        said = does + (plain("files the sheet", "$primary") if sheet.lines else plain(
            "files an empty sheet: you pass. Enter puts a move on it.", "$quiet"))
    else:
        said = plain(room.now if room is not None else sheet.waits, "$quiet")
    return Line("next", said, plain("→ ", "$primary"), heading=True, wraps=False)
