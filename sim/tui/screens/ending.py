"""tui: the ending and the first debrief: what happened, scores against par, where it turned, questions, what next.

Large: story, chart and turning rounds at the left, scores, questions and what next at the right. Small: the same in tabs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from sim.tui.lines.line import EMPTY, Line, gap, heading, plain
from sim.tui.lines.scores import asked_lines, rested_lines, result_line, score_lines, story_lines, turn_lines
from sim.tui.screens.pages import page_bindings, page_screen
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.chart import Chart, Curve, Plotted
from sim.tui.widgets.key_line import NAMES
from sim.tui.widgets.line_list import LineList, Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.tab_strip import TabStrip
from sim.tui.widgets.titles import entitle
from sim.words.models import EndingModel

TABS: Final = (("story", "F2", "What happened"), ("turns", "F3", "Where it turned"), ("scores", "F4", "Scores"),
               ("questions", "F5", "Questions"))
NEXT: Final = (("everything", "Everything", "what was hidden, or your own view again"),
               ("again", "Play the other side", "this crisis from another seat"),
               ("timeline", "Timeline", "round by round, and what if"),
               ("reasons", "Why it went so", "what moved the others"),
               ("wire", "Wire", "all reports, and who says so"),
               ("map", "Map", "where things stood at the end"),
               ("tracks", "Charts", "any track over the rounds"),
               ("home", "Home", "the match is saved"))
"""What to do after the ending: the last part of a binding's id, its name, and what one finds there."""
_KEY_TRACKS: Final = 5
_HOME_OF: Final = {"story": "story", "next": "story", "turns": "turns", "score-chart": "turns", "scores": "scores",
                   "questions": "questions"}


class EndingPage(Prose):
    """A part of the last page."""

    HELP = ("What happened, each seat's goals, and the rounds that turned your score. On a bar, ┃ is what personas "
            "usually reach here (par), ╷ the ends of the middle half.")
    UNSOURCED = ("No source is cited for this ending: it is what this match came to. The wire (w) and the provisions (p) "
                 "tell line by line who says so.")


class NextList(LineList):
    """What to do next; enter does it."""

    HELP = "What can be done after the ending. Enter or a second click does it, and so does its key anywhere on this page."
    UNSOURCED = EndingPage.UNSOURCED


class Ending(Sheet):
    """The last page of a match."""

    DEFAULT_CSS = """
    Ending #ending { height: 1fr; margin-top: 1; }
    Ending #ending-left, Ending #ending-right { width: 1fr; }
    Ending #box-story { height: 8; }
    Ending #box-chart { height: 14; }
    Ending #box-turns, Ending #box-scores { height: 1fr; }
    Ending #box-questions { height: 8; }
    Ending #box-next { height: 8; }
    Ending #score-chart { padding: 0 1; }
    Ending.-watched #box-chart, Ending.-watched #box-turns { display: none; }

    Ending.-low TabStrip, Ending.-tabs TabStrip { display: block; }
    Ending.-low #ending, Ending.-tabs #ending { margin-top: 0; }
    Ending.-low #ending-left, Ending.-low #ending-right, Ending.-low #ending .box,
    Ending.-tabs #ending-left, Ending.-tabs #ending-right, Ending.-tabs #ending .box { display: none; }
    Ending.-low #box-chart { height: 11; }
    Ending.-low.-tab-story #ending-left, Ending.-low.-tab-turns #ending-left, Ending.-low.-tab-scores #ending-right,
    Ending.-low.-tab-questions #ending-right, Ending.-low.-tab-story #ending #box-story,
    Ending.-low.-tab-turns #ending #box-chart, Ending.-low.-tab-turns #ending #box-turns,
    Ending.-low.-tab-scores #ending #box-scores, Ending.-low.-tab-questions #ending #box-questions,
    Ending.-low.-tab-story #ending-right, Ending.-low.-tab-story #ending #box-next,
    Ending.-tabs.-tab-story #ending-left, Ending.-tabs.-tab-turns #ending-left, Ending.-tabs.-tab-scores #ending-right,
    Ending.-tabs.-tab-questions #ending-right, Ending.-tabs.-tab-story #ending #box-story,
    Ending.-tabs.-tab-turns #ending #box-chart, Ending.-tabs.-tab-turns #ending #box-turns,
    Ending.-tabs.-tab-scores #ending #box-scores, Ending.-tabs.-tab-questions #ending #box-questions,
    Ending.-tabs.-tab-story #ending-right, Ending.-tabs.-tab-story #ending #box-next { display: block; }
    Ending.-low #ending, Ending.-tabs #ending { layout: vertical; }
    Ending.-low.-tab-story #ending-right, Ending.-tabs.-tab-story #ending-right { height: 8; }
    Ending.-low #ending-left, Ending.-tabs #ending-left, Ending.-low #ending-right, Ending.-tabs #ending-right { width: 100%; }
    """
    AUTO_FOCUS = "#story"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", "Play the other side", id="ending.again"),
        Binding("v", "everything", "Everything, or your own view", id="ending.everything"),
        *page_bindings("ending"),
        Binding("question_mark", "sources", "Who says so", id="ending.sources"),
        Binding("u", "undo", "Undo the last round", id="ending.undo"),
        Binding("h,escape", "app.go_home", "Home", id="ending.home"),
        *(Binding(key.lower(), f"tab('{tab}')", title, show=False, id=f"ending.tab.{tab}") for tab, key, title in TABS),
    ]

    tab = "story"

    def body(self) -> ComposeResult:
        """Both columns; what does not fit at once lies on tabs."""
        yield Masthead(Head("", "", ""))
        yield TabStrip(TABS, "story")
        with Horizontal(id="ending"):
            with Vertical(id="ending-left"):
                yield from _boxed("story", "How it ended", EndingPage(title="How it ended", id="story"))
                yield from _boxed("chart", "Your score over the rounds", Chart(title="Your score", id="score-chart"))
                yield from _boxed("turns", "Where it turned", EndingPage(title="Where it turned", id="turns"))
            with Vertical(id="ending-right"):
                yield from _boxed("scores", "Scores", EndingPage(title="Scores", id="scores"))
                yield from _boxed("questions", "Questions to talk about",
                                  EndingPage(title="Questions to talk about", id="questions"))
                yield from _boxed("next", "What next", NextList(title="What next", id="next"))

    def on_mount(self) -> None:
        """One tab is shown from the first paint on."""
        self._show_tab("story")

    def ready(self) -> None:
        """Fill the page."""
        self.head()
        self.query_one("#story").focus()
        self._fill()

    def _fill(self) -> None:
        ending = self.desk.ending()
        if ending is None:
            return
        self.set_class(not ending.points, "-watched")
        entitle(self.query_one("#part-story"), "How it ended" if ending.id else "Where it stands")
        story, questions = story_lines(ending), asked_lines(ending)
        if self._tabbed and ending.points:
            # the scores lie on another tab
            story.insert(2, result_line(ending.scores[0]))
        for name, lines in (("story", story), ("scores", score_lines(ending)), ("questions", questions),
                            ("turns", self._turns(ending))):
            page = self.query_one(f"#{name}", EndingPage)
            page.show(lines)
        self.query_one(NextList).show(self._next())
        self.query_one(Chart).show(_plotted(ending), app_of(self).start.map or "braille")
        self._fit("story", story, most=15)
        self._fit("questions", questions, most=8)

    def _fit(self, name: str, lines: Sequence[Line], most: int) -> None:
        """Give a part the rows that it needs, up to a number; on a tab all that there are."""
        if self._tabbed or (name == "story" and self.has_class("-watched")):
            self.query_one(f"#box-{name}").styles.height = "1fr"
            return
        width = self.query_one(f"#{name}", EndingPage).size.width - 3
        rows = sum(line.set(max(20, width)).plain.count("\n") + 1 for line in lines)
        self.query_one(f"#box-{name}").styles.height = min(most, rows + 1)

    def _turns(self, ending: EndingModel) -> list[Line]:
        out = turn_lines(ending.turns)
        if ending.points and not out:
            out = [Line("even", plain("No round moved your score by a whole point.", "$quiet"))]
        model = self.desk.series()
        rests = [line for name in ending.key_tracks[:_KEY_TRACKS] if (line := model.one(name)) is not None]
        if rests:
            out += [gap("rests"), heading("rests", "What your goals rest on, from first to last"), *rested_lines(rests)]
        return out

    def _next(self) -> list[Line]:
        """What can be done, each with the key that does it wherever one is on the page."""
        keys = {active.binding.id: active.binding.key_display or NAMES.get(key, key)
                for key, active in reversed(self.active_bindings.items())}
        offered = [entry for entry in NEXT if f"ending.{entry[0]}" in keys]
        wide = max((len(title) for _, title, _ in offered), default=0)
        told = {"timeline": "round by round"} if app_of(self).in_class else {}
        return [Line(name, plain(f"{title:<{wide}}  ") + plain(told.get(name, says), "$quiet"),
                     plain(f"{keys[f'ending.{name}']:<3} ", "bold $primary"), wraps=False)
                for name, title, says in offered]

    # -- tabs

    @property
    def _tabbed(self) -> bool:
        return self.has_class("-low") or self.has_class("-tabs")

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.update_classes({f"-tab-{name}": name == tab for name, _, _ in TABS}, animate=False)
        hidden = ("turns",) if self.has_class("-watched") else ()
        self.query_one(TabStrip).show(tab, {}, hidden)

    def action_tab(self, tab: str) -> None:
        """Go to a part; on a small terminal, to its tab."""
        self._show_tab(tab)
        self.query_one(f"#{tab}").focus()

    @on(TabStrip.Picked)
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.action_tab(event.tab)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The tab follows the focus."""
        tab = _HOME_OF.get(event.widget.id or "")
        if tab is not None and tab != self.tab:
            self._show_tab(tab)

    def hidden_panes(self) -> Sequence[Widget]:
        """Parts on the other tabs."""
        if not self._tabbed:
            return ()
        return [self.query_one(f"#{tab}") for tab, _, _ in TABS if tab != self.tab]

    def reveal(self, pane: Widget) -> None:
        """Go to a part, on its tab."""
        self.action_tab(_HOME_OF.get(pane.id or "", self.tab))

    def on_resize(self, event: events.Resize) -> None:
        """What fits at once depends on the size."""
        if self.is_ready:
            self.call_after_refresh(self._fill)

    # -- what is done

    @on(LineList.Chosen, "#next")
    async def _chosen(self, event: LineList.Chosen) -> None:
        name = event.line.id
        if name == "again":
            self.action_again()
        elif name == "everything":
            self.action_everything()
        elif name == "home":
            app_of(self).action_go_home()
        else:
            self.action_open_page(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a class nobody begins another match, and only the facilitator takes a round back or reveals."""
        if action == "everything":
            return app_of(self).may_reveal
        return not (app_of(self).in_class and action in {"again", "undo"})

    def action_again(self) -> None:
        """The same scenario from another seat."""
        app_of(self).play_other_side()

    def action_everything(self) -> None:
        """With everything revealed, or as one's own seat saw it."""
        app_of(self).show_everything()

    def action_open_page(self, page: str) -> None:
        """Open a page over the ending."""
        self.app.push_screen(page_screen(page))

    def action_sources(self) -> None:
        """What the ending rests on."""
        ending = self.desk.ending()
        app_of(self).show_sources(Line("ending", EMPTY, source=ending.source if ending is not None else ()))

    def action_undo(self) -> None:
        """Back to the orders of the last round."""
        app_of(self).undo_round(app_of(self).enter_room)


def _boxed(name: str, title: str, widget: Widget) -> ComposeResult:
    """A pane in a box of its own: a pane takes all the height that its container has."""
    with Vertical(id=f"box-{name}", classes="box"), Vertical(classes="pane", id=f"part-{name}") as pane:
        entitle(pane, title)
        yield widget


def _plotted(ending: EndingModel) -> Plotted:
    """The viewer's score with the turning rounds marked."""
    if not ending.points:
        return Plotted((), (), empty="Only a seat has a score.")
    places = {point.round: at for at, point in enumerate(ending.points)}
    turns = tuple((places[turn.round], f"{'+' if turn.change > 0 else '−'}{(abs(turn.change) + 50) // 100}")
                  for turn in ending.turns if turn.round in places)
    curve = Curve(0, ending.scores[0].name, ending.course, 0, 100)
    return Plotted(ending.points, (curve,), measure="score", turns=turns, least=1)
