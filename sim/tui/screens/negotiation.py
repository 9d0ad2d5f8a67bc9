"""tui: the negotiating table: the draft as a document, what can be done about each article, and a private check.

Wide: the text at the left; the article, the acts and the check at the right. Narrow: text, article or check in tabs,
with the acts always below. What is ordered goes through the desk, which alone knows what is legal.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sim.tui.filing import toggle
from sim.tui.lines.draft import (
    DOING,
    WORDS,
    about_clause,
    about_part,
    act_lines,
    check_text,
    document,
    legend,
)
from sim.tui.lines.line import plain
from sim.tui.lines.moves import about_move
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.tab_strip import TabStrip
from sim.tui.widgets.titles import entitle
from sim.words.models import ClauseLine, MenuItem, Negotiation, PartCheck, PartLine

TABS: Final = (("text", "F2", "Text"), ("article", "F3", "Article"), ("check", "F4", "Before you sign"))


class DraftText(LineList):
    """The draft as a document; enter goes to what can be done."""

    HELP = ("The text under negotiation. The sign before an article says where it stands; square brackets hold what "
            "somebody does not accept. The margin is yours alone. Enter does the one thing that can be done, or goes to "
            "the choice; t tables, y says yes, b brackets, s signs the part; the same key withdraws.")
    EMPTY = "Nobody has brought a text to the table."
    UNSOURCED = "No source is named for this: it is the scenario's own text."


class ActList(LineList):
    """What the seat can order about the line under the cursor; enter orders it, or withdraws it."""

    HELP = ("What you can order about the article under the cursor. ● is what it costs, ✓ is ordered, × is closed now, "
            "with what it needs. Enter orders it, or withdraws it.")
    EMPTY = "Nothing can be ordered about this now."
    UNSOURCED = "No source is named for this: it is a step of the negotiation."


class Legend(Static):
    """The signs of the document."""

    DEFAULT_CSS = """
    Legend { height: auto; padding: 0 1; }
    """

    def on_resize(self) -> None:
        """Set the signs anew for the width."""
        self.update(legend(self.content_size.width))

    def describe(self) -> str:
        """The signs in words."""
        return f"Signs: {legend(999).plain}."


class NegotiatingTable(Sheet):
    """The draft, and what to do about it."""

    DEFAULT_CSS = """
    NegotiatingTable #table { height: 1fr; margin-top: 1; }
    NegotiatingTable #pane-text { width: 7fr; }
    NegotiatingTable #aside { width: 5fr; }
    NegotiatingTable #article { height: 1fr; }
    /* panes of fixed height: nothing jumps while the cursor moves from article to article */
    NegotiatingTable #pane-acts { height: 9; }
    NegotiatingTable #check { height: 11; }
    NegotiatingTable.-low #check { height: 8; }
    NegotiatingTable.-low #pane-acts { height: 7; }
    NegotiatingTable.-unchecked #check { display: none; }
    NegotiatingTable.-none #aside, NegotiatingTable.-none Legend, NegotiatingTable.-none TabStrip { display: none; }
    NegotiatingTable.-tabs #table { layout: vertical; margin-top: 0; }
    NegotiatingTable.-tabs #pane-text { width: 1fr; height: 1fr; display: none; }
    NegotiatingTable.-tabs #aside { width: 1fr; height: 6; }
    NegotiatingTable.-tabs #article, NegotiatingTable.-tabs #check { display: none; }
    NegotiatingTable.-tabs.-tab-text #pane-text { display: block; }
    NegotiatingTable.-tabs.-tab-article #aside, NegotiatingTable.-tabs.-tab-check #aside { height: 1fr; }
    NegotiatingTable.-tabs.-tab-article #article, NegotiatingTable.-tabs.-tab-check #check { display: block; height: 1fr; }
    NegotiatingTable.-tabs #pane-acts { height: 6; }
    """
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d", "back", "Back", id="negotiation.back"),
        Binding("t", "act('table')", "Table", id="negotiation.table"),
        Binding("y", "act('agree')", "Say yes", id="negotiation.agree"),
        Binding("b", "act('bracket')", "Bracket", id="negotiation.bracket"),
        Binding("s", "act('sign')", "Sign part", id="negotiation.sign"),
        Binding("n", "next", "Next to answer", id="negotiation.next"),
        Binding("c", "untabled", "Not tabled", id="negotiation.untabled"),
        Binding("question_mark", "sources", "Who says so", id="negotiation.sources"),
        Binding("i", "whole", "Whole details", show=False, id="negotiation.whole"),
        *(Binding(key.lower(), f"tab('{tab}')", title, show=False, id=f"negotiation.tab.{tab}") for tab, key, title in TABS),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._table: Negotiation | None = None
        self._acts: dict[str, MenuItem] = {}
        self._filed: frozenset[str] = frozenset()
        self._whole = True
        self._at = ""

    def body(self) -> ComposeResult:
        """Text, and what belongs to the article under the cursor."""
        yield Masthead(Head("", "", ""))
        yield TabStrip(TABS, "text")
        with Horizontal(id="table"):
            with Vertical(classes="pane", id="pane-text") as pane:
                entitle(pane, "The draft")
                yield DraftText(title="The draft", id="text")
                yield Legend()
            with Vertical(id="aside"):
                yield Detail(id="article", classes="pane", more="… i shows all of it")
                yield Detail(id="check", classes="pane", more="… i shows all of it")
                with Vertical(classes="pane", id="pane-acts") as pane:
                    entitle(pane, "What you can do")
                    yield ActList(title="What you can do", id="acts")

    def on_mount(self) -> None:
        """One tab is shown from the first paint on."""
        self._show_tab("text")

    def ready(self) -> None:
        """Show the table as it stands."""
        self._table = self.desk.negotiation()
        menu = self.desk.menu()
        keys = [key for part in self._table.parts
                for key in (*part.acts, *(act for clause in part.clauses for act in clause.acts))]
        self._acts = {key: item for key in keys if (item := menu.item(key)) is not None}
        self._whole = not any(clause.status != "absent" for part in self._table.parts for clause in part.clauses)
        self.set_class(not self._table.checks, "-unchecked")
        self.set_class(not self._table.parts, "-none")
        self.reload()
        text = self.query_one(DraftText)
        waiting = next(iter(self._waiting()), None)
        if waiting is not None:
            text.select_line(waiting)
        text.focus()

    # -- what is shown

    def reload(self) -> None:
        """Show the desk as it stands now."""
        if self._table is None:
            return
        self._filed = frozenset(item.key for item in self.desk.filed())
        self.head()
        self.query_one(DraftText).show(document(self._table, self._filed, self._acts, self._whole))
        self._tell()

    def _line(self) -> tuple[PartLine | None, ClauseLine | None]:
        kind, _, id = self._at.partition(":")
        for part in self._table.parts if self._table else ():
            if kind == "part" and part.id == id:
                return part, None
            for clause in part.clauses:
                if kind == "clause" and clause.id == id:
                    return part, clause
        return None, None

    def _acts_here(self) -> list[MenuItem]:
        part, clause = self._line()
        keys = [*(clause.acts if clause else ()), *(part.acts if part else ())]
        return [self._acts[key] for key in keys if key in self._acts]

    def _tell(self) -> None:
        """Fill the panes beside the text."""
        part, clause = self._line()
        acts = self._acts_here()
        article = self.query_one("#article", Detail)
        if clause is not None:
            article.tell("This article", about_clause(clause, part, text=self.has_class("-tabs")))
        elif part is not None:
            article.tell("This part", about_part(part))
        else:
            article.tell("This article", plain(""))
        self.query_one(ActList).show(act_lines(acts, self._filed))
        ordered = sum(key in self._filed for key in self._acts)
        entitle(self.query_one("#pane-acts"), "What you can do" + (f" · {ordered} ordered here" if ordered else ""))
        check = self._check(part)
        if check is not None:
            what = "Before you sign" if check.signatory else "If signed now"
            self.query_one("#check", Detail).tell(f"{what} (only you see this)", check_text(check))
        self._light()

    def _check(self, part: PartLine | None) -> PartCheck | None:
        checks = self._table.checks if self._table else ()
        return next((check for check in checks if part is not None and check.part == part.id), None)

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        if isinstance(event.lines, DraftText):
            self._keep_up()
        elif event.lines is self.focused and not self.has_class("-tabs"):
            item = self._acts.get(event.line.id)
            if item is not None:
                self.query_one("#article", Detail).tell(item.title, about_move(item))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Back in the text, the pane beside it tells of the article again."""
        if isinstance(event.widget, DraftText) and self._table is not None:
            self._tell()

    def _keep_up(self) -> None:
        """Come to where the cursor stands; a quick hand acts before the text has told that it moved."""
        line = self.query_one(DraftText).current
        if line is not None and line.id != self._at:
            self._at = line.id
            self._tell()

    # -- what is done

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self._keep_up()
        if isinstance(event.lines, ActList):
            self._toggle(event.line.id)
            return
        able = [item for item in self._acts_here() if item.legal or item.key in self._filed]
        if len(able) == 1:
            self._toggle(able[0].key)
        elif able:
            acts = self.query_one(ActList)
            acts.select_line(able[0].key)
            acts.focus()
        else:
            self.notify("Nothing can be ordered about this now; the pane of acts says what each needs.")

    def action_act(self, verb: str) -> None:
        """Order that step about the line under the cursor, or withdraw it."""
        self._keep_up()
        item = next((item for item in self._acts_here() if item.id == verb), None)
        if item is not None:
            self._toggle(item.key)
            return
        _, clause = self._line()
        now = f" It is {WORDS[clause.status]}." if clause is not None else ""
        self.notify(f"“{DOING[verb]}” is not among your moves here now.{now}", title="Not possible")

    def _toggle(self, key: str) -> None:
        # an earlier refusal would lie over what is chosen now
        self.app.clear_notifications()
        app_of(self).at_the_desk(partial(toggle, self.desk, key), self._toggled)

    def _toggled(self, refused: str | None) -> None:
        if refused:
            self.notify(refused, title="Not possible", severity="warning", timeout=8)
        if self.is_attached:
            self.reload()

    def _waiting(self) -> list[str]:
        """The articles that wait for the seat's own answer, in order."""
        return [f"clause:{clause.id}" for part in (self._table.parts if self._table else ()) for clause in part.clauses
                if any((item := self._acts.get(key)) and item.id == "agree" and item.legal for key in clause.acts)]

    def action_next(self) -> None:
        """To the next article that waits for an answer."""
        self._keep_up()
        waiting = self._waiting()
        if not waiting:
            self.notify("No article waits for your answer.")
            return
        text = self.query_one(DraftText)
        order = [line.id for line in text.shown]
        here = order.index(self._at) if self._at in order else -1
        later = [id for id in waiting if id in order and order.index(id) > here]
        text.select_line((later or waiting)[0])
        text.focus()

    def action_untabled(self) -> None:
        """Show or hide what nobody has tabled."""
        self._whole = not self._whole
        self.reload()

    # -- where to go

    tab = "text"

    def _light(self) -> None:
        waiting = len(self._waiting())
        ordered = sum(key in self._filed for key in self._acts)
        notes = {"text": f"?{waiting}" if waiting else f"✓{ordered}" if ordered else ""}
        part, _ = self._line()
        check = self._check(part)
        if check is not None and (check.red_lines or check.missing):
            notes["check"] = "▬"
        self.query_one(TabStrip).show(self.tab, notes)

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.update_classes({f"-tab-{name}": name == tab for name, _, _ in TABS}, animate=False)
        self._light()

    def action_tab(self, tab: str) -> None:
        """Show the text, the article or the check; on a wide terminal all of them stand side by side."""
        if self._table is None or not self._table.parts:
            return
        self._show_tab(tab)
        self.query_one("#text" if tab == "text" or not self.has_class("-tabs") else "#acts").focus()

    @on(TabStrip.Picked)
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.action_tab(event.tab)

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def action_whole(self) -> None:
        """The article, then the check, at full length."""
        self._keep_up()
        article, check = self.query_one("#article", Detail), self.query_one("#check", Detail)
        text = article.text
        if self._table and self._table.checks:
            text = text + plain("\n\n") + plain(check.title, "bold $quiet") + plain("\n") + check.text
        self.app.push_screen(Tell(article.title, text))

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
