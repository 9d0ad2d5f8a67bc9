"""The pages of paper: negotiating table, treaty reader, wire, reasons, glossary, and who says so from every screen."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from sim.tui.filing import toggle
from sim.tui.screens.briefing import Briefing
from sim.tui.screens.ending import Ending
from sim.tui.screens.glossary import GlossaryPage, TermList
from sim.tui.screens.negotiation import ActList, DraftText, NegotiatingTable
from sim.tui.screens.pages import PAGES, page_screen
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.sources import ClaimList, SourceViewer
from sim.tui.screens.treaty import ProvisionList, ProvisionText, TreatyReader
from sim.tui.screens.why import WhyList, WhyPage
from sim.tui.screens.wire import Wire, WirePage
from sim.tui.start import Start
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.filter_line import FilterLine
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.speaker_strip import SpeakerStrip
from sim.words.desk import Desk
from tests.tui.conftest import app_of, burst, playing, press, settled, shown, until

FLAGSHIP = Start(scenario="border-standoff-2021", seat="armenia", seed=6, level="easy")


def desk_of(pilot: Pilot[str]) -> Desk:
    """The desk, as what it is."""
    desk: Any = app_of(pilot).desk
    return desk


async def opened(pilot: Pilot[str], screen: Screen[Any]) -> None:
    """Show a screen over the one at hand and wait until it is filled."""
    app_of(pilot).push_screen(screen)
    await until(pilot, lambda: getattr(screen, "is_ready", True) and screen.is_current)
    await settled(pilot)


def set_the_table(desk: Desk) -> None:
    """Two rounds: one text agreed that is a red line, one in brackets by Baku, one that waits for a yes."""
    other = Desk(desk.match, "azerbaijan", {})
    desk.match.control("A meeting", {"summit_held": True, "channel": 2})
    for mine, theirs in ((("table.freeze_in_place:armenia", "table.exchange:armenia"), ()),
                         ((), ("agree.freeze_in_place:azerbaijan", "bracket.exchange:azerbaijan",
                               "table.guards_verify:azerbaijan"))):
        for key in mine:
            assert desk.add(key) is None
        for key in theirs:
            assert other.add(key) is None
        desk.resolve({})


def lines_of(pilot: Pilot[str], kind: type[LineList]) -> list[str]:
    """The ids of the lines that can be chosen."""
    return [line.id for line in pilot.app.screen.query_one(kind).shown if not line.heading]


async def test_the_negotiating_table_orders_through_the_desk_alone() -> None:
    """Acts are the menu's; a letter, enter and two clicks order; the same again withdraws; a closed one says why."""
    async with playing(FLAGSHIP) as pilot:
        desk = desk_of(pilot)
        set_the_table(desk)
        await opened(pilot, NegotiatingTable())
        screen = pilot.app.screen
        text, acts = screen.query_one(DraftText), screen.query_one(ActList)
        # the page opens at what waits for an answer
        assert text.current is not None
        assert text.current.id == "clause:guards_verify"
        line = next(c for part in desk.draft() for c in part.clauses if c.id == "guards_verify")
        assert set(lines_of(pilot, ActList)) == {*line.acts, "sign.security:armenia"}
        await press(pilot, "y")
        assert [item.key for item in desk.filed()] == ["agree.guards_verify:armenia"]
        assert "you say yes" in shown(pilot)
        await press(pilot, "b")
        assert [item.key for item in desk.filed()] == ["bracket.guards_verify:armenia"]
        await press(pilot, "b", "s")
        assert [item.key for item in desk.filed()] == ["sign.security:armenia"]
        assert "Orders: 1 of 2" in screen.query_one(Masthead).describe()
        check = screen.query_one("#check", Detail).text.plain
        assert "is one of your red lines" in check
        await press(pilot, "s")
        assert desk.filed() == ()
        # closed: not filed, and the reason is the menu's
        await press(pilot, "t")
        assert desk.filed() == ()
        closed = desk.menu().item("table.guards_verify:armenia")
        assert closed is not None
        assert closed.why_not[0].text in acts.describe()
        # enter goes to the acts where there is a choice, and orders there
        await press(pilot, "enter")
        assert screen.focused is acts
        await press(pilot, "enter")
        assert [item.id for item in desk.filed()] == ["agree"]
        await press(pilot, "enter")
        assert desk.filed() == ()
        # the mouse: a first click shows, a second orders
        await pilot.click(ActList, offset=(8, 0))
        await settled(pilot)
        before = desk.filed()
        await pilot.click(ActList, offset=(8, 0))
        await settled(pilot)
        assert before == ()
        assert [item.id for item in desk.filed()] == ["agree"]
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, NegotiatingTable)


async def test_a_quick_hand_acts_on_the_article_under_the_cursor() -> None:
    """Arrows and a letter that come together: the letter is about where the arrows led."""
    async with playing(FLAGSHIP) as pilot:
        desk = desk_of(pilot)
        set_the_table(desk)
        await opened(pilot, NegotiatingTable())
        text = pilot.app.screen.query_one(DraftText)
        order = [line.id for line in text.shown if not line.heading]
        text.select_line(order[order.index("clause:guards_verify") - 3])
        await settled(pilot)
        await burst(pilot, "down", "down", "down", "y")
        assert text.current is not None
        assert text.current.id == "clause:guards_verify"
        assert [item.key for item in desk.filed()] == ["agree.guards_verify:armenia"]


async def test_the_document_says_who_holds_brackets_and_what_is_not_tabled() -> None:
    """Brackets with their holder, last round's change, the private margin; c shows the rest; narrow it is in tabs."""
    async with playing(FLAGSHIP, (80, 24)) as pilot:
        set_the_table(desk_of(pilot))
        await opened(pilot, NegotiatingTable())
        screen = pilot.app.screen
        said = screen.query_one(DraftText).describe()
        assert "Brackets held by Baku." in said
        assert "Δ last round: tabled → in brackets" in said
        assert "▬ your red line" in said
        assert "ICRC access" not in said
        await press(pilot, "c")
        assert "ICRC access" in screen.query_one(DraftText).describe()
        assert not screen.query_one("#article").display
        await press(pilot, "f3")
        assert screen.query_one("#article").region.height > 3
        await press(pilot, "f4")
        assert screen.query_one("#check").region.height > 3
        assert not screen.query_one("#text").region
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        for id in ("#text", "#article", "#acts", "#check"):
            assert screen.query_one(id).region.height > 3, id


async def test_the_treaty_reader_shows_one_provision_in_full() -> None:
    """The list leads the text; a status that changed is told with its dispatch."""
    async with playing() as pilot:
        desk = desk_of(pilot)
        other = Desk(desk.match, "osk", {})
        assert other.add("close_lane:osk") is None
        desk.resolve({})
        await opened(pilot, TreatyReader())
        assert "breached" in pilot.app.screen.query_one(ProvisionList).describe()
        said = pilot.app.screen.query_one(ProvisionText).describe()
        (line,) = desk.provisions()
        assert line.text in said
        assert "questioned → breached" in said
        assert line.steps[0].why in said
        await press(pilot, "right")
        assert isinstance(pilot.app.screen.focused, ProvisionText)
        await press(pilot, "left")
        assert isinstance(pilot.app.screen.focused, ProvisionList)


async def test_the_wire_is_read_by_round_speaker_and_words() -> None:
    """Keys go round by round, left and right choose a speaker, / narrows; esc in the filter shows all again."""
    async with playing() as pilot:
        desk = desk_of(pilot)
        for _ in range(3):
            desk.add("protest:velmora>osk")
            desk.resolve(desk.think())
        await opened(pilot, WirePage())
        screen = pilot.app.screen
        wire = screen.query_one(Wire)
        told = desk.wire()
        assert len(lines_of(pilot, Wire)) == len(told)
        assert wire.current is not None
        assert wire.current.id == str(len(told) - 1)
        rounds = list(dict.fromkeys(dispatch.round for dispatch in told))
        await press(pilot, *["p"] * (len(rounds) + 1))
        seen = [told[int(wire.current.id)].round]
        for _ in rounds:
            await press(pilot, "n")
            seen.append(told[int(wire.current.id)].round)
        assert seen == [*rounds, rounds[-1]]
        await press(pilot, "right")
        speaker = screen.query_one(SpeakerStrip).lit
        assert speaker
        assert {told[int(id)].speaker for id in lines_of(pilot, Wire)} == {speaker}
        await press(pilot, "left", "slash", *"protest")
        found = lines_of(pilot, Wire)
        assert 0 < len(found) < len(told)
        assert all("protest" in told[int(id)].text.lower() for id in found)
        await press(pilot, "enter")
        assert screen.focused is wire
        await press(pilot, "slash", "escape")
        assert len(lines_of(pilot, Wire)) == len(told)
        assert not screen.query_one(FilterLine).display
        await pilot.click(SpeakerStrip, offset=(10, 0))
        await settled(pilot)
        assert screen.query_one(SpeakerStrip).lit


async def test_why_goes_back_to_earlier_rounds() -> None:
    """The last closed round first, left and right go to the others; reasons are the desk's."""
    async with playing() as pilot:
        desk = desk_of(pilot)
        for _ in range(2):
            desk.resolve(desk.think())
        await opened(pilot, WhyPage())
        reasons = desk.reasons(2)
        assert reasons
        assert all(reason.about[1:] in shown(pilot) for reason in reasons)
        await press(pilot, "left")
        assert "Round 1 of 2" in shown(pilot)
        assert all(reason.about[1:] in pilot.app.screen.query_one(WhyList).describe() for reason in desk.reasons(1))
        await press(pilot, "left")
        assert "Round 1 of 2" in shown(pilot)


async def test_on_other_levels_reasons_wait_for_the_ending() -> None:
    """What the desk keeps back, the page does not tell."""
    async with playing(Start(scenario="first-round", seat="velmora", seed=7, level="standard")) as pilot:
        desk = desk_of(pilot)
        desk.resolve(desk.think())
        await opened(pilot, WhyPage())
        assert desk.no_reasons(1) in shown(pilot)


async def test_the_glossary_is_filtered_by_typing() -> None:
    """Every word typed must occur; esc shows all again, esc once more leaves."""
    async with playing() as pilot:
        await opened(pilot, GlossaryPage())
        whole = len(lines_of(pilot, TermList))
        await press(pilot, "slash", *"goldstein")
        said = pilot.app.screen.query_one(TermList).describe()
        assert "conflict–cooperation" in said
        assert len(lines_of(pilot, TermList)) < 5
        await press(pilot, "escape")
        assert len(lines_of(pilot, TermList)) == whole
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, GlossaryPage)


MINE = ("draft", "provisions", "wire", "reasons", "glossary")


@pytest.mark.parametrize("name", [page.name for page in PAGES if page.name in MINE])
async def test_who_says_so_answers_on_every_page(name: str) -> None:
    """`?` opens who says so, with a sentence where nothing is cited; esc closes it."""
    async with playing() as pilot:
        desk = desk_of(pilot)
        desk.resolve(desk.think())
        await opened(pilot, page_screen(name))
        page = pilot.app.screen
        await press(pilot, "question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourceViewer)
                    and bool(pilot.app.screen.query_one(ClaimList).shown))
        assert pilot.app.screen.query_one(ClaimList).shown[0].said.endswith((".", "”"))
        await press(pilot, "escape")
        assert pilot.app.screen is page


async def test_who_says_so_answers_in_brief_room_round_and_ending() -> None:
    """The screens of a match answer `?` too."""
    async with playing() as pilot:
        app, desk = app_of(pilot), desk_of(pilot)

        async def asked() -> None:
            await press(pilot, "question_mark")
            await until(pilot, lambda: isinstance(app.screen, SourceViewer) and bool(app.screen.query_one(ClaimList).shown))
            assert len(app.screen.query_one(ClaimList).shown[0].said) > 20
            await press(pilot, "escape")

        await until(pilot, lambda: isinstance(app.screen, Briefing) and "Your goals" in shown(pilot))
        await asked()
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        for key in ("f2", "f3", "f4"):
            await press(pilot, key)
            if isinstance(app.screen.focused, LineList) and app.screen.focused.current is not None:
                await asked()
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await asked()
        while not desk.over:
            desk.resolve(desk.think())
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, Ending) and "Your seat" in shown(pilot))
        await asked()


async def test_a_denial_is_followed_and_left_again() -> None:
    """Enter on who disputes a claim reads that claim; esc comes back to the first, then closes."""
    async with playing(FLAGSHIP, (80, 24)) as pilot:
        app, desk = app_of(pilot), desk_of(pilot)
        claim, denial = next((line.claim, line.denials[0].claim) for line in desk.sources(tuple(sorted(
            desk._sources.claims))) if line.denials and line.denials[0].claim)
        await opened(pilot, SourceViewer((claim, "invented")))
        await until(pilot, lambda: bool(app.screen.query_one(ClaimList).shown))
        said = app.screen.query_one(ClaimList).describe()
        (line,) = desk.sources((claim,))
        for part in (line.says, line.speaker, line.standing, line.outlet, line.dossier, f"denies it in {denial}",
                     "Written for this scenario; no source."):
            assert part in said
        await press(pilot, "enter")
        (other,) = desk.sources((denial,))
        assert other.says in app.screen.query_one(ClaimList).describe()
        await press(pilot, "escape")
        assert line.says in app.screen.query_one(ClaimList).describe()
        await press(pilot, "escape")
        assert not isinstance(app.screen, SourceViewer)


def test_a_refused_answer_gives_back_the_one_it_replaced() -> None:
    """Choosing an answer that is refused leaves the first as it was."""
    class Item:
        def __init__(self, key: str) -> None:
            self.key = key

    class Question:
        answers = (Item("yes"), Item("no"))

    class Table:
        kept = ("yes",)

        def filed(self) -> list[Item]:
            return [Item(key) for key in self.kept]

        def menu(self) -> Any:
            return type("Menu", (), {"questions": (Question(),)})()

        def remove(self, key: str) -> None:
            self.kept = tuple(k for k in self.kept if k != key)

        def add(self, key: str) -> str | None:
            if key == "no":
                return "It is closed."
            self.kept = (*self.kept, key)
            return None

    table: Any = Table()
    assert toggle(table, "no") == "It is closed."
    assert table.kept == ("yes",)
