"""tui: who says so, over any screen: claims with their standing; a denial is followed with enter, esc goes back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from sim.tui.lines.claims import DENIES, claim_lines
from sim.tui.lines.line import Line, plain
from sim.tui.screens.dialogs import key
from sim.tui.screens.sheet import Sheetlet, app_of
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle

UNSOURCED = "No source is cited for this line: it is what the rules of this match brought about."


class ClaimList(LineList):
    """The claims behind a line."""

    HELP = ("Who says so: the standing of each claim, its speaker, and where it was read. ◇ marks who disputes it; "
            "enter follows that to the other claim, esc comes back.")


class SourceViewer(Sheetlet[None]):
    """The claims behind a line; those that dispute them can be followed."""

    DEFAULT_CSS = """
    SourceViewer > .box { width: 92; max-width: 94%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left", "back", "Back", id="sources.back"),
        Binding("question_mark,q", "close", "Close", show=False, id="sources.close"),
    ]

    def __init__(self, claims: tuple[str, ...], unsourced: str = "") -> None:
        """`claims`: what the line rests on; `unsourced`: what is told where that is nothing."""
        super().__init__()
        self._trail = [claims]
        self._unsourced = unsourced or UNSOURCED

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical(classes="box") as box:
            entitle(box, "Who says so")
            yield ClaimList(title="Who says so", id="claims")
            yield Static("", classes="keys", id="keys")

    def on_mount(self) -> None:
        """Fill it once its width is known."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if not self.is_attached:
            return
        desk = app_of(self).desk
        claims = self._trail[-1]
        told = claim_lines(desk.sources(claims)) if desk is not None and claims else []
        lines = self.query_one(ClaimList)
        lines.show(told or [Line("none", plain(self._unsourced))])
        lines.action_first()
        lines.focus()
        back = len(self._trail) > 1
        entitle(self.query_one(".box"), f"Who says so · {' → '.join(step[0] for step in self._trail[1:])}" if back
                else "Who says so")
        keys = key("esc", "back" if back else "close", "screen.back")
        if any(line.id.startswith(DENIES) and line.source for line in told):
            keys += plain("      ") + key("enter", "read who disputes it", "screen.follow")
        self.query_one("#keys", Static).update(keys)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.follow(event.line.id)

    def follow(self, line: str) -> None:
        """To the claim in which the claim of that line is disputed; from a claim to the first that disputes it."""
        lines = self.query_one(ClaimList).shown
        if line.startswith("claim:"):
            claim = line.removeprefix("claim:")
            line = next((it.id for it in lines if it.id.startswith(DENIES) and it.id.split(":")[2] == claim), "")
        if not line.startswith(DENIES):
            return
        claim = line.split(":")[1]
        if claim and (claim,) != self._trail[-1]:
            self._trail.append((claim,))
            self._fill()

    def action_follow(self) -> None:
        """Follow the line under the cursor, or the first that leads on."""
        lines = self.query_one(ClaimList)
        at = lines.current.id if lines.current is not None else ""
        self.follow(at if at.startswith((DENIES, "claim:")) else next(
            (line.id for line in lines.shown if line.id.startswith(DENIES)), ""))

    def action_back(self) -> None:
        """One claim back, or close."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._fill()
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Close, wherever the trail has led."""
        self.dismiss(None)


__all__ = ["UNSOURCED", "ClaimList", "SourceViewer"]
