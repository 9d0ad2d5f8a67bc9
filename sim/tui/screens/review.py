"""tui: the review before a round is resolved: orders to go through, what silence means, what stays unspent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from sim.tui.filing import withdraw
from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.tui.lines.moves import order_lines, same_answers
from sim.tui.screens.dialogs import key
from sim.tui.screens.sheet import Sheetlet, app_of
from sim.tui.table import Desk
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import MenuItem, QuestionItem


class ReviewList(LineList):
    """Orders, answers and open questions."""

    HELP = ("Everything this round will carry out. Enter resolves the round; x or a click on “withdraw” takes back the "
            "line under the cursor; esc goes back.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.answer(True)", "Resolve", id="review.list.resolve"),
        Binding("x,delete,backspace", "select", "Withdraw", id="review.withdraw"),
    ]

    async def _on_click(self, event: events.Click) -> None:
        """A click on a cross withdraws; any other only moves the cursor."""
        event.prevent_default()
        index = event.style.meta.get("option")
        taken = event.style.meta.get("withdraw")
        line = next((line for line in self.shown if line.id == taken), None)
        if line is not None:
            self.post_message(self.Chosen(self, line))
        elif index is not None and not self.options[index].disabled:
            self.highlighted = index


class Review(Sheetlet[bool]):
    """Orders and open questions before the round is resolved; what is withdrawn here is withdrawn at the desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Resolve", id="review.resolve"),
        Binding("escape", "answer(False)", "Back", id="review.back"),
    ]

    @property
    def desk(self) -> Desk:
        """The seat's desk."""
        desk = app_of(self).desk
        assert desk is not None
        return desk

    def compose(self) -> ComposeResult:
        """Orders, what stays unanswered, what stays unspent."""
        with Vertical(classes="box") as box:
            now = self.desk.situation()
            verb, does = ("File for", "file them") if app_of(self).in_class else ("Resolve", "resolve the round")
            self.heading = f"{verb} round {now.round} of {now.rounds}?"
            entitle(box, self.heading)
            yield ReviewList(title=self.heading, id="review")
            yield Static(key("enter", does, "screen.answer(True)") + plain("     ")
                         + key("x", "withdraw", "screen.withdraw") + plain("     ")
                         + key("esc", "back", "screen.answer(False)"), classes="keys")

    def on_mount(self) -> None:
        """Fill the list once its width is known."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if self.is_attached:
            lines = self.query_one(ReviewList)
            lines.show(self._lines())
            lines.focus()

    def _lines(self) -> list[Line]:
        desk = self.desk
        now, filed, menu = desk.situation(), desk.filed(), desk.menu()
        keys = {item.key for item in filed}
        answers = {answer.key for question in menu.questions for answer in question.answers}
        out = _part("Your orders", [item for item in filed if item.key not in answers], {})
        if not out:
            out = [heading("none", "Your orders"),
                   Line("none", plain("You order nothing this round.", "$mark"), wraps=False)]
        left = now.attention - sum(item.cost for item in filed)
        if left > 0:
            out.append(Line("left", plain(f"{left} of {now.attention} attention stays unspent and does not carry over.",
                                          "$quiet"), heading=True))
        given = _part("Your answers", [item for item in filed if item.key in answers], same_answers(menu.questions))
        out += [gap("answers"), *given] if given else []
        waiting = [question for question in menu.questions if question.waits(keys)]
        if waiting:
            out += [gap("waiting"), heading("waiting", "You leave unanswered"), *map(_silence, waiting)]
        return out

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        app_of(self).at_the_desk(partial(withdraw, self.desk, event.line.id), self._withdrawn)

    def _withdrawn(self, kept: str | None) -> None:
        if kept is not None:
            self.notify(kept, title="Not possible", severity="warning", timeout=8)
        if self.is_attached:
            self._fill()

    def action_withdraw(self) -> None:
        """Take back the line under the cursor."""
        self.query_one(ReviewList).action_select()

    def action_answer(self, resolve: bool) -> None:
        """Close with the answer."""
        self.dismiss(resolve)


def _part(title: str, items: list[MenuItem], asked: Mapping[str, str]) -> list[Line]:
    return [heading(title, title), *order_lines(items, asked)] if items else []


def _silence(question: QuestionItem) -> Line:
    rows: list[Content] = [plain(question.text or question.title)]
    if question.if_ignored:
        rows.append(plain(f"Silence means: {question.if_ignored}", "$mark"))
    return Line(f"silence:{question.id}", stacked(rows), plain("? ", "$mark"), heading=True)
