"""Names, cards, sources, and every model as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.play.library import Entry, head
from sim.rules import CONTROL, PUBLIC
from sim.scenario.dossier import load_dossiers
from sim.scenario.load import Loaded
from sim.words import describe
from sim.words.catalog import Catalog, sentence
from sim.words.desk import Desk
from sim.words.library import card, card_of
from sim.words.sources import Sources, cited, said_on
from tests.conftest import SCENARIOS
from tests.words.seats import by_lot, desk_of, match_of


def test_titles_fit_into_sentences(loaded_flagship: Loaded) -> None:
    """Inside a sentence a title begins small unless a name or an abbreviation begins it."""
    catalog = Catalog(loaded_flagship.usable()[1])
    assert catalog.inline("Post groups") == "post groups"
    assert catalog.inline("CSTO") == "CSTO"
    assert catalog.inline("UN Council") == "UN Council"
    assert catalog.inline("Yerevan's step") == "Yerevan's step"


def test_tracks_of_one_title_are_told_apart_for_who_sees_both(loaded_flagship: Loaded) -> None:
    """Each party has promises of its own; the facilitator reads whose."""
    catalog = Catalog(loaded_flagship.usable()[1])
    assert catalog.names("armenia").title("armenia.audience") == "Promises"
    assert catalog.names(CONTROL).title("armenia.audience") == "Promises (Yerevan)"
    assert catalog.names(CONTROL).title("azerbaijan.audience") == "Promises (Baku)"


def test_what_a_flag_remembers_reads_both_ways(loaded_flagship: Loaded) -> None:
    """A fact has a sentence when it holds and one when it does not."""
    catalog = Catalog(loaded_flagship.usable()[1])
    assert catalog.fact("readout_due.armenia") == "Yerevan may issue a readout of a contact"
    assert catalog.fact("readout_due.armenia", holds=False) == "Yerevan may not issue a readout of a contact"
    assert catalog.fact("yes_joint.france", holds=False) == "Paris does not join a co-chair statement"
    assert catalog.fact("delegation.armenia", holds=False) == "Yerevan has not named its delegation to the commission"


@pytest.mark.parametrize(("text", "told"), [
    ("a word", "A word."), ('Baku: "We met."', 'Baku: "We met."'), ("it is “X”", "It is “X”."), ("Done.", "Done."), ("", "")])
def test_sentences_end_once(text: str, told: str) -> None:
    """A full stop is added where none stands, also behind a closing quotation mark."""
    assert sentence(text) == told


def test_dates_and_days_follow_the_clock(loaded_flagship: Loaded) -> None:
    """Day 39, 20 June, is the first day of round 14; the last round ends on 19 December."""
    catalog = Catalog(loaded_flagship.usable()[1])
    assert catalog.date_of(1) == "12 May 2021"
    assert (catalog.day_of(14), catalog.date_of(14)) == (39, "20 June 2021")
    assert catalog.date_of(40) == "19 December 2021"


def test_a_card_says_what_a_teacher_needs(loaded_flagship: Loaded) -> None:
    """Minutes per leg, seats worth playing first, and the content note; the head of the file tells nearly as much."""
    scenario = loaded_flagship.usable()[0]
    whole = card(scenario)
    assert whole.minutes == "to the vote 45 min, whole 120 min"
    assert whole.seats[0] == ("armenia", "Armenia (Yerevan)")
    assert whole.legs == (("election", "To the vote", 13, 45), ("long", "After the vote", 39, 120))
    assert whole.content_note
    quick = card_of(head(Entry(scenario.id, SCENARIOS / scenario.id)))
    assert (quick.title, quick.minutes, quick.legs, quick.kind, quick.level) == (
        whole.title, whole.minutes, whole.legs, whole.kind, whole.level)


def test_sources_say_who_says_it_and_who_denies_it(loaded_flagship: Loaded) -> None:
    """A claim comes with speaker, date, status and denial; what is invented says so; dossiers are read once, late."""
    scenario, bound = loaded_flagship.usable()
    reads = []

    def seeds() -> dict[str, object]:
        reads.append(1)
        return load_dossiers(SCENARIOS.parent / "seeds", scenario.dossiers)[0]  # type: ignore[return-value]

    sources = Sources(Catalog(bound), seeds)  # type: ignore[arg-type]
    assert reads == []
    claim, invented, unknown = sources.lines(("C05", "invented", "Z99"))
    assert claim.speaker
    assert claim.says
    assert claim.status
    assert invented.status == "invented"
    assert unknown.says == "The dossier of this claim is not at hand."
    assert sources.contested(("C02",)) == bool(sources.claims["C02"][0].disputed_by)
    assert reads == [1]


@pytest.mark.parametrize(("ids", "told"), [
    (("C79",), "source C79"), (("C02", "C05"), "sources C02, C05"), (("T-osgood-1962",), "theory: Osgood 1962"),
    (("T-goldstein-freeman-1990", "C1", "invented"), "source C1; theory: Goldstein and Freeman 1990"),
    (("invented",), ""), ((), "")])
def test_cited_claims_are_told_by_kind(ids: tuple[str, ...], told: str) -> None:
    """One source or several, theory by its authors and year, and nothing for what is invented."""
    assert cited(ids) == told


def test_a_counter_is_told_by_what_it_counts(loaded_flagship: Loaded) -> None:
    """A counter of rounds reads as a sentence with its capitals and its length; an article counts as its status."""
    desk = desk_of(loaded_flagship, "armenia", {"russia": ["good_offices:russia"]})
    desk.resolve()
    answer, suspend = (desk.menu().item(key) for key in ("accept.mediation:armenia>russia", "suspend_links:armenia"))
    assert answer is not None
    assert suspend is not None
    assert "Yerevan accepts Moscow's mediation until the close of round 7" in answer.branches[0].text
    assert "group on routes (J1) then counts as suspended" in suspend.branches[0].text.lower().replace("j1", "J1")


def test_dates_of_claims_are_as_exact_as_known() -> None:
    """A day, a month, a year, or a standing state of affairs."""
    assert [said_on(d) for d in ("2021-05-13", "2021-05", "2021", "background", "")] == [
        "13 May 2021", "May 2021", "2021", "background", ""]


def test_every_screen_reads_aloud(loaded_flagship: Loaded) -> None:
    """What a screen shows is also plain text: whole sentences without ids, for seats, the public and control."""
    match = match_of(loaded_flagship, seed=7, until="election")
    desks = [Desk(match, viewer, {}) for viewer in (*match.game.seats, PUBLIC, CONTROL)]
    while not match.ended:
        for desk in desks:
            _reads(desk)
        by_lot(match)
    for desk in desks:
        page = desk.ending()
        assert page is not None
        _sentences(describe.ending(page))


def _reads(desk: Desk) -> None:
    menu = desk.menu()
    _sentences(describe.situation(desk.situation()))
    _sentences(describe.menu(menu))
    _sentences(describe.draft(desk.draft()))
    _sentences(describe.provisions(desk.provisions()))
    _sentences(describe.wire(desk.dispatches()))
    for group in menu.groups:
        for item in group.items:
            _sentences(describe.item(item))


def _sentences(paragraphs: tuple[str, ...]) -> None:
    assert paragraphs
    for text in paragraphs:
        assert not set("{}_") & set(text), text
        assert ".." not in text.replace("...", ""), text
        assert "  " not in text, text
        assert text[-1] in '.!?"”)', text


def test_a_brief_is_plain_paragraphs(loaded_first_round: Loaded) -> None:
    """The public part, the confidential one, then goals; an inline brief reads like a file."""
    desk = desk_of(loaded_first_round, "velmora")
    brief = desk.brief()
    assert brief.public.startswith("Osk has closed one lane")
    assert brief.confidential.startswith("You want the lane open")
    assert brief.goals == ("Bridge open: 60 of 100 points", "Calm: 40 of 100 points")
    assert describe.brief(brief)[0] == "Velmora. Velmora"


def test_words_do_not_know_the_screen() -> None:
    """The room of words imports nothing that draws or listens."""
    folder = Path(describe.__file__).parent
    for module in folder.glob("*.py"):
        text = module.read_text("utf-8")
        assert "textual" not in text.lower().replace("textually", ""), module.name
        assert "import click" not in text
