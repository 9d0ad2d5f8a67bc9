"""tui: papers that delegations draft together: paragraphs, what each party wants in brackets, what all agreed to."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sim.lesson.papers import BINDS_NOBODY
from sim.tui.lines.line import Line, plain
from sim.tui.lines.papers import paper_lines, paragraph_of, title_lines
from sim.tui.screens.paper_dialogs import NewPaper, Versions, WordingDialog
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.lesson import Answer, Paper
    from sim.tui.class_app import ClassApp


class Titles(LineList):
    """The papers."""

    HELP = "The papers to which your delegation is a party; ● marks what others changed. Tab goes to the text, o opens a new one."
    EMPTY = "No paper yet. o opens one with other delegations."
    UNSOURCED = BINDS_NOBODY


class Text(LineList):
    """One paper."""

    HELP = ("Paragraph by paragraph: plain text is agreed by all parties, text in brackets is what one party wants in its "
            "place. Enter on a bracket agrees to it (the head does), b writes your own wording, x proposes to strike the "
            "paragraph, z withdraws your bracket. When every party agrees to a bracket, it becomes the text.")
    EMPTY = "Nothing is written yet. p proposes the first paragraph."
    UNSOURCED = BINDS_NOBODY


class PapersPage(Sheet):
    """Titles at the left, the text at the right, and the sentence that it binds nobody."""

    DEFAULT_CSS = """
    PapersPage #papers { height: 1fr; margin-top: 1; }
    PapersPage #box-titles { width: 36; }
    PapersPage #box-text { width: 1fr; }
    PapersPage #binds { height: auto; margin: 0 2; color: $quiet; }
    PapersPage.-tabs #papers { layout: vertical; margin-top: 0; }
    PapersPage.-tabs #box-titles { width: 100%; height: 5; }
    PapersPage.-tabs #box-text { width: 100%; height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bracket", "Your wording", id="papers.bracket"),
        Binding("p", "paragraph", "New paragraph", id="papers.paragraph"),
        Binding("o", "open", "New paper", id="papers.open"),
        Binding("x", "strike", "Strike", id="papers.strike"),
        Binding("z", "withdraw", "Withdraw yours", id="papers.withdraw"),
        Binding("v", "versions", "Versions", id="papers.versions"),
        Binding("escape,a", "back", "Back", id="papers.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._chosen_paper = ""
        self._papers: tuple[Paper, ...] = ()
        self._seen: dict[str, int] = {}
        """What was read of each paper when the page was opened: its marks stay while one is here."""

    def body(self) -> ComposeResult:
        """Both panes."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="papers"):
            with Vertical(id="box-titles"), Vertical(classes="pane") as pane:
                entitle(pane, "Papers")
                yield Titles(title="Papers", id="titles")
            with Vertical(id="box-text"), Vertical(classes="pane", id="pane-text") as pane:
                entitle(pane, "Text")
                yield Text(title="Text", id="text")
        yield Static(BINDS_NOBODY, id="binds", markup=False)

    @property
    def _app(self) -> ClassApp:
        from sim.tui.class_app import ClassApp

        assert isinstance(self.app, ClassApp)
        return self.app

    def ready(self) -> None:
        """Show them, the cursor in the text if there is one."""
        self.head()
        self.query_one(Titles).follow = self._follow
        self.reload()
        self.query_one(Text if self._papers else Titles).focus()

    def reload(self) -> None:
        """Show what there is now."""
        app = self._app
        self._papers = app.lesson.papers(app.member)
        for paper in self._papers:
            self._seen.setdefault(paper.id, paper.seen if app.has_looked(paper) else -1)
        if all(paper.id != self._chosen_paper for paper in self._papers):
            new = next((paper for paper in self._papers if paper.revision > self._seen[paper.id]), None)
            self._chosen_paper = (new or self._papers[-1]).id if self._papers else ""
        self.query_one(Titles).show(title_lines(self._papers, self._seen, app.names), at=self._chosen_paper or None)
        self._show_text()

    def _follow(self, lines: LineList, line: Line) -> None:
        if line.id != self._chosen_paper and any(paper.id == line.id for paper in self._papers):
            self._chosen_paper = line.id
            self._show_text()

    def _show_text(self) -> None:
        app, paper = self._app, self._paper
        text = self.query_one(Text)
        text.EMPTY = Text.EMPTY if paper is not None else "Here stands what you draft together, once there is a paper."
        entitle(self.query_one("#pane-text"), f"{paper.title} · version {paper.revision}" if paper else "Text")
        text.title = paper.title if paper else "Text"
        text.show(paper_lines(paper, self._seen.get(paper.id, 0), app.names, app.own_seat) if paper else ())
        if paper is not None:
            app.look_at_paper(paper)
        self.refresh_bindings()

    @property
    def _paper(self) -> Paper | None:
        return next((paper for paper in self._papers if paper.id == self._chosen_paper), None)

    # -- acting

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        paper = self._paper
        if event.lines.id == "titles":
            self.query_one(Text).focus()
            return
        if paper is None:
            return
        number, bracket = paragraph_of(event.line.id)
        if not number:
            return
        if not bracket or bracket == self._app.own_seat:
            self.action_bracket()
            return
        app = self._app
        self._told(app.lesson.agree(app.member, paper.id, number, bracket, base=paper.revision,
                                    once=secrets.token_urlsafe(12)))

    def action_bracket(self) -> None:
        """Write one's own wording of the paragraph under the cursor."""
        paper, number = self._paper, self._number()
        if paper is None or not number:
            self.notify("Choose a paragraph first; p proposes a new one.")
            return
        paragraph = next(p for p in paper.paragraphs if p.number == number)
        own = next((b.text for b in paragraph.brackets if b.seat == self._app.own_seat), "")
        others = next((b.text for b in paragraph.brackets if b.text), "")
        self._ask("Your wording of this paragraph", own or paragraph.text or others, paper, number)

    def action_paragraph(self) -> None:
        """Propose a paragraph at the end."""
        if (paper := self._paper) is not None:
            self._ask("A new paragraph", "", paper, 0)

    def _ask(self, title: str, text: str, paper: Paper, number: int) -> None:
        app = self._app
        most = app.lesson.plan.limits.paragraph

        def written(said: str | None) -> None:
            if said:
                # what the dialog was opened on is the base: who changed it meanwhile is not written over
                self._told(app.lesson.bracket(app.member, paper.id, number, said, base=paper.revision,
                                              once=secrets.token_urlsafe(12)))

        app.push_screen(WordingDialog(title, text, most), written)

    def action_strike(self) -> None:
        """Propose to strike the paragraph under the cursor."""
        app, paper, number = self._app, self._paper, self._number()
        if paper is not None and number:
            self._told(app.lesson.bracket(app.member, paper.id, number, "", base=paper.revision,
                                          once=secrets.token_urlsafe(12)))

    def action_withdraw(self) -> None:
        """Withdraw one's own bracket."""
        app, paper, number = self._app, self._paper, self._number()
        if paper is not None and number:
            self._told(app.lesson.unbracket(app.member, paper.id, number, base=paper.revision,
                                            once=secrets.token_urlsafe(12)))

    def action_open(self) -> None:
        """Open a new paper."""
        app = self._app

        def named(given: tuple[str, tuple[str, ...]] | None) -> None:
            if given is None:
                return
            answer = app.lesson.open_paper(app.member, *given, once=secrets.token_urlsafe(12))
            if answer.ok:
                self._chosen_paper = answer.id
            self._told(answer)

        others = [(seat.seat, seat.name) for seat in (app.room.seats if app.room else ()) if seat.seat != app.own_seat]
        app.push_screen(NewPaper(others, app.lesson.plan.limits.title), named)

    def action_versions(self) -> None:
        """Every change of the paper, and how it stood after it."""
        if (paper := self._paper) is not None:
            self.app.push_screen(Versions(paper, self._app.names))

    def _number(self) -> int:
        line = self.query_one(Text).current
        return paragraph_of(line.id)[0] if line is not None else 0

    def _told(self, answer: Answer) -> None:
        if not answer.ok:
            self.notify(answer.sentence, title="Not possible", severity="warning", timeout=8)
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is only the way to one; observers read none."""
        if action in {"bracket", "strike", "withdraw", "paragraph", "versions"}:
            return self._paper is not None
        return action != "open" or bool(self._app.own_seat)

    def action_sources(self) -> None:
        """A paper cites nothing."""
        self._app.show_sources(Line("paper", plain("")))

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
