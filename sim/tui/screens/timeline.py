"""tui: the timeline: the rounds of this line one by one, played again at speed, and the way on from any of them.

Past 400 lines: one screen on which rounds are walked, played again, asked about and left; its parts share its place.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from sim.errors import DetenteError
from sim.tui.lines.line import Line, gap, heading
from sim.tui.lines.scores import ending_lines
from sim.tui.lines.timeline import FORK, stop_lines
from sim.tui.lines.tracks import LEGEND, track_lines
from sim.tui.screens.branches import BranchesPage
from sim.tui.screens.compare import ComparePage
from sim.tui.screens.dialogs import Ask
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.screens.why import WhyPage
from sim.tui.table import Head
from sim.tui.widgets.border_map import BorderMap
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.round_track import RoundTrack
from sim.tui.widgets.titles import entitle
from sim.words.models import Situation, Stop, Timeline

SPEEDS: Final = (0.5, 1.0, 2.0, 4.0)
"""Rounds a second."""


def pace(speed: float) -> str:
    """`1 round a second`, `2 rounds a second`, `one round in 2 seconds`."""
    if speed < 1:
        return f"one round in {1 / speed:g} seconds"
    return f"{speed:g} round{'s' * (speed != 1)} a second"


PATIENCE: Final = 1.2
"""Seconds within which a second digit belongs to the first."""


class Then(LineList):
    """The tracks of a round that was played."""

    HELP = f"The tracks as they stood when the orders of this round were filed. {LEGEND}"
    EMPTY = "No tracks."

    def __init__(self, id: str | None = None) -> None:
        super().__init__(title="Tracks", id=id)
        self._situation: Situation | None = None

    def show_situation(self, situation: Situation) -> None:
        """Show the tracks of a situation."""
        self._situation = situation
        self._fill()

    def on_resize(self) -> None:
        """Set the table for the width."""
        if self._room() != self._width:
            self._fill()

    def _fill(self) -> None:
        if self._situation is not None and self.is_attached:
            self.show(track_lines(self._situation.tracks, self._room(), self._situation.viewer))


class Told(LineList):
    """What was filed in a round and what it brought."""

    HELP = ("What was filed in this round and what it brought. ◇ marks what somebody disputes, ▪ what is not public. "
            "? tells who says so, o why it went so; enter on a line that leaves here goes there. Digits go to a round by "
            "its number; space plays the rounds again, any key stops it.")


class TimelinePage(Sheet):
    """Past rounds. As a page over the room, or as the whole of a replay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # the lists scroll by these keys, and here they go from round to round
        Binding("left", "step(-1)", "Round", key_display="← →", id="timeline.back", priority=True),
        Binding("right", "step(1)", "Next round", show=False, id="timeline.on", priority=True),
        Binding("home", "first", "First round", show=False, id="timeline.first", priority=True),
        Binding("end", "last", "Last round", show=False, id="timeline.last", priority=True),
        Binding("space", "play", "Play", key_display="space", id="timeline.play"),
        Binding("plus,equals_sign,f", "faster(1)", "Faster", key_display="+", show=False, id="timeline.faster"),
        Binding("minus,s", "faster(-1)", "Slower", key_display="−", show=False, id="timeline.slower"),
        Binding("n", "play_on", "Play on from here", id="timeline.play_on"),
        Binding("a", "lines", "Lines", id="timeline.lines"),
        Binding("k", "compare", "Compare", id="timeline.compare"),
        Binding("o", "why", "Why", id="timeline.why"),
        Binding("question_mark", "sources", "Who says so", id="timeline.sources"),
        Binding("escape,l", "back", "Back", id="timeline.close"),
        # ten lines of help would say the same: the list in focus tells of them
        *(Binding(str(n), f"digit({n})", "", show=False, id=f"timeline.digit.{n}") for n in range(10)),
    ]
    DEFAULT_CSS = """
    TimelinePage #pane-rounds { height: auto; margin: 0 1; border-top: solid $rule; border-title-color: $quiet;
                                border-title-style: bold; }
    TimelinePage #past { height: 1fr; }
    TimelinePage #stood { width: 1fr; }
    TimelinePage #told-pane { width: 1fr; }
    TimelinePage #then-map { height: 1fr; margin: 0 1; }
    TimelinePage #then-map.-shown { min-height: 8; }
    TimelinePage.-low #then-map { display: none; }
    TimelinePage.-tabs #stood { display: none; }
    """

    def __init__(self, round: int | None = None) -> None:
        """`round`: where it opens; the last one unless said."""
        super().__init__()
        self._from = round
        self._timeline: Timeline | None = None
        self._at = 0
        self._timer: Timer | None = None
        self._speed = 1
        self._typed = ("", 0.0)

    def body(self) -> ComposeResult:
        """Masthead, the rounds, the chosen one."""
        yield Masthead(Head("", "", ""))
        with Vertical(id="pane-rounds") as pane:
            entitle(pane, "Timeline")
            yield RoundTrack(id="rounds")
        with Horizontal(id="past"):
            with Vertical(id="stood"):
                yield BorderMap(id="then-map")
                with Vertical(classes="pane") as pane:
                    entitle(pane, "As it stood")
                    yield Then(id="then")
            with Vertical(classes="pane", id="told-pane") as pane:
                entitle(pane, "What happened")
                yield Told(title="What happened", id="told")

    def ready(self) -> None:
        """Read the line off the loop, then show its last round."""
        self.query_one(Told).focus()
        self._read(self._from or app_of(self).start.round)

    # what is shown

    @property
    def stop(self) -> Stop | None:
        """The chosen round."""
        return self._timeline.stops[self._at] if self._timeline else None

    @property
    def playing(self) -> bool:
        """Whether rounds are being played again."""
        return self._timer is not None

    def _read(self, round: int | None = None) -> None:
        """Show the line on which the match stands, at a round or at its end."""
        desk = self.desk
        # what is read of the log is read here, so that the thread finds it and changes nothing
        desk.situation()

        async def read() -> None:
            self._timeline = line = await asyncio.to_thread(desk.timeline)
            last = len(line.stops) - 1
            self.show_stop(next((n for n, stop in enumerate(line.stops) if stop.round == round), last))

        self.run_worker(read(), exclusive=True, group="timeline")

    def show_stop(self, index: int) -> None:
        """Show a round by its place on the line; what is beyond is its first or last."""
        line = self._timeline
        if line is None:
            return
        self._at = max(0, min(index, len(line.stops) - 1))
        stop = line.stops[self._at]
        self.query_one(Masthead).show(self._then(stop), stop.spent, stop.orders)
        self.query_one(RoundTrack).show(line, self._at)
        self._entitle()
        self.refresh_bindings()
        if not self._fill_due:
            # the lists cost most: of rounds that are only passed by, they are not filled
            self._fill_due = True
            self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """The lists and the map of the round that is chosen by now."""
        self._fill_due = False
        stop = self.stop
        if stop is None or not self.is_attached:
            return
        then, ended = self._then(stop), stop.state == "end"
        self.query_one(Then).show_situation(then)
        self.query_one(BorderMap).show(self.desk.map() if ended else self.desk.map_at(stop.round))
        told = self.query_one(Told)
        told.title = "How it ended" if ended else f"Round {stop.round}"
        told.show(self._told(stop, then, max(20, told.size.width - 2)))
        told.action_first()
        told.scroll_home(animate=False)
        entitle(self.query_one("#told-pane"), f"{told.title} · {stop.date}")

    _fill_due = False

    def _then(self, stop: Stop) -> Situation:
        found = self.desk.situation() if stop.state == "end" else self.desk.situation_at(stop.round)
        assert found is not None
        return found

    def _told(self, stop: Stop, then: Situation, width: int) -> list[Line]:
        if stop.state == "end":
            ending = self.desk.ending()
            lines = ending_lines(ending) if ending is not None else []
        else:
            lines = stop_lines(stop, self.desk.dispatches(stop.round), own=bool(then.seat))
        if self.has_class("-tabs"):
            # the tracks have no pane of their own there
            stood = track_lines(then.tracks, width, then.viewer)
            lines += [*([] if lines[-1:] and lines[-1].id.startswith("gap:") else [gap("tracks")]),
                      heading("tracks", "As it stood"),
                      *(replace(line, id=f"then:{line.id}") for line in stood)]
        return lines

    def _entitle(self) -> None:
        line = self._timeline
        if line is None:
            return
        of = f" of {line.lines}" if line.lines > 1 else ""
        title = f"Timeline · {line.line.name}{of}, {line.line.says}"
        if self.playing:
            title = f"▶ {pace(SPEEDS[self._speed])}, any key stops · {line.line.name}{of}"
        entitle(self.query_one("#pane-rounds"), title)

    def on_resize(self) -> None:
        """The tracks move into the list, or out of it."""
        if self._timeline is not None and self.is_ready:
            self.call_after_refresh(self.show_stop, self._at)

    # from round to round

    def action_step(self, by: int) -> None:
        """So many rounds on, or back."""
        self.show_stop(self._at + by)

    def action_first(self) -> None:
        """To the first round."""
        self.show_stop(0)

    def action_last(self) -> None:
        """To the last round, or the end."""
        if self._timeline is not None:
            self.show_stop(len(self._timeline.stops) - 1)

    def action_digit(self, digit: int) -> None:
        """To a round by number; a second digit soon after the first makes it a number of two."""
        if self._timeline is None:
            return
        before, when = self._typed
        rounds = [stop.round for stop in self._timeline.stops if stop.state != "end"]
        typed = f"{before}{digit}" if monotonic() - when < PATIENCE else str(digit)
        if int(typed) not in rounds:
            typed = str(digit)
        self._typed = (typed, monotonic())
        if int(typed) in rounds:
            self.show_stop(rounds.index(int(typed)))

    @on(RoundTrack.Picked)
    def _picked(self, event: RoundTrack.Picked) -> None:
        self.show_stop(event.index)

    # playing again

    def action_play(self) -> None:
        """Play rounds one after the other from here; from the last one from the start."""
        if self._timeline is None:
            return
        if self._at == len(self._timeline.stops) - 1:
            self.show_stop(0)
        self._run()

    def action_faster(self, by: int) -> None:
        """More rounds a second, or fewer."""
        self._speed = max(0, min(len(SPEEDS) - 1, self._speed + by))
        if self.playing:
            self._run()
        else:
            self.notify(f"Space plays {pace(SPEEDS[self._speed])}.", timeout=2)

    def _run(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_interval(1 / SPEEDS[self._speed], self._next)
        self._entitle()
        self.refresh_bindings()

    def _next(self) -> None:
        line = self._timeline
        if line is None or self.app.screen is not self:
            return
        self.show_stop(self._at + 1)
        if self._at == len(line.stops) - 1:
            self.pause()

    def pause(self) -> None:
        """Stop playing."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        self._entitle()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While rounds are played, the keys that have priority stop it as any other; a class plays one line."""
        if app_of(self).in_class and action in {"play_on", "lines", "compare"}:
            return False
        if action in ("step", "first", "last"):
            return not self.playing
        if action == "play_on":
            # who only watches has no orders to file
            return (self.stop is not None and self.stop.state != "end" and bool(self.desk.situation().seat)) or None
        if action == "why":
            return (self.stop is not None and self.stop.state != "open") or None
        return True

    def on_key(self, event: events.Key) -> None:
        """Any key stops, but for those that change the pace."""
        if self.playing and event.key not in ("plus", "equals_sign", "f", "minus", "s"):
            event.stop()
            event.prevent_default()
            self.pause()

    def on_click(self) -> None:
        """So does a click."""
        if self.playing:
            self.pause()

    # why, and who says so

    def action_why(self) -> None:
        """Why the round went so."""
        if self.stop is not None:
            self.app.push_screen(WhyPage(self.stop.round))

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    # another way

    def action_play_on(self) -> None:
        """Ask, then go to the situation room of this round on a line of its own."""
        stop, line = self.stop, self._timeline
        if stop is None or line is None or stop.state == "end":
            return
        if stop.state == "open" and line.line.here and not self._away:
            self.action_back()
            return
        left = ("" if not stop.waiting else " What you left sealed there is still filed."
                if stop.state == "closed" else "")
        stays = (f"What was played from there stays as {line.line.name}." if stop.state == "closed" else
                 "It goes on where it stands.")
        again = " Its orders must be filed again." if stop.state == "closed" and stop.filed and not stop.waiting else ""
        ask = Ask(f"Play on from round {stop.round}?", f"The match goes to the orders of round {stop.round}, {stop.date}. "
                  f"{stays}{again}{left}", "play on from here", "stay")
        self.app.push_screen(ask, lambda yes: app_of(self).play_on(stop.entry) if yes else None)

    def action_lines(self) -> None:
        """All lines of the match; the chosen one is shown here."""
        self.app.push_screen(BranchesPage(self.go_to))

    def go_to(self, head: int) -> None:
        """Stand on another line, and show it."""
        try:
            self.desk.go(head)
        except DetenteError as problem:
            self.notify(problem.sentence, severity="warning")
            return
        self.leads_on = True
        # the rounds of the line that was left say nothing of this one: there is none to choose until it is read
        self._timeline = None
        self.pause()
        self._read()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.line.id.startswith(FORK):
            name = event.line.id.removeprefix(FORK)
            self.go_to(next(card.head for card in self.desk.branches() if card.name == name))

    def action_compare(self) -> None:
        """Two lines side by side; of more than two they are chosen first."""
        cards = self.desk.branches()
        if len(cards) < 2:
            self.notify("There is one line so far; n begins another from the round that is shown.")
        elif len(cards) == 2:
            first, second = sorted(cards, key=lambda card: card.number)
            self.app.push_screen(ComparePage(first.head, second.head))
        else:
            self.app.push_screen(BranchesPage(self.go_to, comparing=True))

    # leaving

    @property
    def _away(self) -> bool:
        """Whether the match would have to be opened first to be played on."""
        return app_of(self).start.replay

    def action_back(self) -> None:
        """To the screen before; to the room or the ending of another line if the match stands on one now."""
        if app_of(self).start.replay:
            app_of(self).action_go_home()
        elif self.leads_on:
            app_of(self).enter_room()
        else:
            self.dismiss(None)
