"""Warnings that need more than one look: whole conditions, turns, words of chance, what is unused, loaded words, one side's sources."""

from __future__ import annotations

import pytest

from sim.authoring.diagnostics import Entry, files_of
from sim.authoring.fixes.applying import mend
from sim.cli.verbs.check import checked, checked_files
from sim.errors import Diagnostic
from sim.scenario.briefs import parts
from tests.conftest import SCENARIOS


def found(piece: str, *base: str, file: str = "scenario.yaml") -> tuple[Diagnostic, ...]:
    """What is reported of a piece of a file, completed to the small scenario of the catalogue."""
    return checked_files(files_of(Entry("W000", "", "", "", piece, file=file, base=base), "wrong"), "the-bridge").diagnostics


def codes(piece: str, *base: str, file: str = "scenario.yaml") -> list[str]:
    """The codes alone."""
    return [d.code for d in found(piece, *base, file=file)]


def rumour(when: str) -> str:
    """A rule with a condition."""
    return f"rules: {{rumour: {{when: '{when}'}}}}"


# -- conditions as whole trees


@pytest.mark.parametrize(("when", "code"), [
    ("tension > 60 and tension < 40", "G202"),
    ("tension > 60 and (met or tension > 70) and not tension > 50", "G202"),
    ("met and lanes == 1 and lanes == 2", "G202"),
    ("phase is talks and phase is alarm", "G202"),
    ("met and not met", "G202"),
    ("tension >= 40 or tension < 60", "G201"),
    ("met or (tension > 60 and tension < 40)", "G202"),
    ("phase is not talks or phase is not alarm", "G201"),
    ("tension >= 30 and tension <= 60", None),
    ("tension > 60 or tension < 40", None),
    ("tension + lanes > 60 and tension < 60", None),
    ("phase is talks or phase is alarm", None),
])
def test_parts_of_a_condition_are_seen_together(when, code):
    """Per track, status or flag; what two different tracks exclude together is not looked for."""
    assert codes(rumour(when)) == ([code] if code else [])


def test_a_part_that_never_holds_is_told_where_it_stands():
    """The caret is under the part, not under the whole."""
    [told] = found(rumour("met or (tension > 60 and tension < 40)"))
    assert "`tension > 60 and tension < 40` is never true" in told.message
    assert told.span is not None
    assert told.span.end_column - told.span.column == len("tension > 60 and tension < 40")


def test_a_list_of_lines_is_one_condition():
    """Lines that must all hold exclude each other as parts joined by `and` do."""
    assert codes("rules: {rumour: {when: [tension > 60, met, tension < 40]}}") == ["G202"]


def test_a_defined_name_is_told_once_where_it_is_defined():
    """However many conditions use it."""
    piece = "define: {hot: tension > 60 and tension < 40}\nrules: {rumour: {when: hot or met}}\ninjects: {storm: {when: hot or lanes == 2}}"
    [told] = found(piece)
    assert (told.code, told.also) == ("G202", ())
    assert told.span is not None
    assert "define" in _above(piece, told)


def _above(piece: str, told: Diagnostic) -> str:
    text = files_of(Entry("W000", "", "", "", piece), "wrong")["scenario.yaml"].decode().split("\n")
    assert told.span is not None
    return "\n".join(text[told.span.line - 3:told.span.line])


def test_who_acts_is_no_matter_of_chance():
    """`actor is osk` holds for one of two and is no mistake; for a move of Velmora alone it never holds."""
    one = "{title: Wait, by: %s, tier: measures, branches: [{when: actor is osk, change: {tension: 1}}, {change: {tension: 2}}]}"
    assert codes("moves: {wait: " + one % "parties" + "}") == []
    assert codes("moves: {wait: " + one % "velmora" + "}") == ["G203"]


@pytest.mark.parametrize(("when", "code"), [
    ("round == 9", "G204"), ("round >= 6", "G204"), ("day >= 40 and met", "G204"), ("round == 5", None), ("round < 0", "G202"),
])
def test_what_waits_for_a_round_that_never_comes(when, code):
    """The clock has five rounds."""
    assert codes("injects: {storm: {when: '" + when + "'}}") == ([code] if code else [])


def test_factors_and_answers_are_looked_at_too():
    """Conditions of personas, of answers to offers and of clauses say nothing just as those of moves do."""
    never = "tension > 60 and tension < 40"
    assert codes("actors: {osk: {policy: {factors: [{of: gesture, when: '" + never + "', times: 2}]}}}") == ["G202"]
    assert codes("offers: {talks: {accept: {when: '" + never + "'}}}") == ["G202"]
    assert codes("draft: {room: '" + never + "'}", "draft")[0] == "G202"
    assert codes("draft: {parts: {traffic: {sign_when: '" + never + "'}}}", "draft") == ["G202"]
    assert codes("markers: {closed: {when: '" + never + "'}}", "map", file="map.yaml") == ["G202"]


# -- turns


def test_an_ending_behind_one_that_holds_whenever_it_does():
    """And not one that an earlier only sometimes takes from."""
    assert codes("endings: {open_bridge: {when: [tension >= 96, met]}}") == ["G203"]
    assert codes("endings: {open_bridge: {when: [tension >= 94, met]}}") == []


def test_branches_that_an_earlier_one_takes():
    """A sure branch under a condition takes every case of a narrower one behind it; an unsure one does not."""
    piece = ("moves: {{wait: {{title: Wait, by: osk, tier: measures, branches: [{{{0}when: tension >= 50, change: {{tension: 1}}}},"
             " {{when: tension >= 60, change: {{tension: 3}}}}, {{change: {{tension: 2}}}}]}}}}")
    assert codes(piece.format("")) == ["G203"]
    assert codes(piece.format("chance: even, ")) == []


# -- chances


@pytest.mark.parametrize(("chances", "code"), [
    (["likely", "unlikely"], None), (["even", "even"], None), (["70 %", "40 %"], "B001"), (["likely", "even"], "B005"),
    (["likely", "unlikely", "rest"], "B002"), (["33 %", "33 %", "33 %"], "B004"), (["30 %", "30 %"], None),
    (["even", "even", "even"], "B005"), (["rest", "even"], "B003"), (["12 %", "rest"], None),
])
def test_chances_of_branches_that_share_a_die(chances, code):
    """Together they have a hundred percent; a word likelier than not can stand once."""
    branches = ", ".join(f"{{chance: {c}, change: {{tension: {n + 1}}}}}" for n, c in enumerate(chances))
    piece = f"moves: {{wait: {{title: Wait, by: osk, tier: measures, branches: [{branches}]}}}}"
    assert codes(piece) == ([code] if code else [])


def test_branches_of_an_inject_roll_their_own_dice():
    """The first that passes happens, so that their chances need not fit together."""
    assert codes("injects: {flood: {title: Flood, when: round == 2, dispatch: The river rises., branches: ["
                 "{chance: likely, change: {tension: 5}}, {chance: likely, change: {tension: 3}}, {change: {tension: 1}}]}}") == []


# -- loaded words


@pytest.mark.parametrize(("text", "code"), [
    ("The blockade goes on.", "T006"), ("Blockades go on.", "T006"), ("Velmora says that the blockade goes on.", None),
    ('A voice is heard: "End the blockade!"', None), ("Osk denies a blockade. The blockade goes on.", "T006"),
    ("The lane stays closed.", None),
])
def test_a_loaded_word_needs_a_speaker(text, code):
    """Said by somebody who is named, or in quotation marks, it may stand."""
    piece = "house_words: {blockade*: closed lane}\nrules: {rumour: {dispatch: '" + text + "'}}"
    assert codes(piece) == ([code] if code else [])


def test_accounts_of_a_contact_are_speech():
    """A readout is its speaker's, loaded words included."""
    piece = ("house_words: {blockade: closed lane}\nreadout_moves: {plain: protest, firm: gesture}\n"
             "offers: {talks: {contact: meeting}}\n"
             "readouts: {meeting: {velmora: {plain: 'We talked.', firm: 'We spoke of the blockade.'}}}")
    assert codes(piece) == []


# -- what is left over follows from nothing else


def test_nothing_is_called_unused_while_a_name_is_wrong():
    """A misspelt name makes something else seem unused; only the name is told."""
    piece = "flags: {guarded: {text: Guarded.}}\nmoves: {gesture: {set: {guared: true}}}"
    assert {d.severity for d in found(piece)} == {"error"}


@pytest.mark.parametrize(("text", "told"), [
    ("{actor offers {target} a lane.", ["`{actor` lacks its closing brace"]), ("{Actor}, {target", ["`{Actor}` would", "`{target` lacks its closing brace"]),
    ("actor} asks {target}.", ["`actor}` lacks its opening brace"]), ("{{actor}} asks.", ["`{` lacks its closing brace", "`}` lacks its opening brace"]),
    ("{actor} asks {target}.", []),
])
def test_a_brace_without_its_partner_is_printed(text, told):
    """Told as any word in braces that nothing fills, each with what is missing."""
    now = found(f"moves: {{ask_talks: {{dispatch: '{text}'}}}}")
    assert [d.code for d in now] == ["T001"] * len(told)
    assert all(what in d.message for what, d in zip(told, now, strict=True))


@pytest.mark.parametrize(("piece", "code"), [
    ("moves: {gesture: {cost: 4}}", "W122"), ("moves: {gesture: {cost: 3}}", None),
    ("moves: {gesture: {cost: 4}}\nactors: {osk: {attention: 4}}", None), ("moves: {gesture: {cost: 4, for: {osk: {cost: 3}}}}", None)])
def test_a_move_that_nobody_can_pay_can_never_be_ordered(piece, code):
    """Attention is not saved up, so that one round's has to be enough for one seat at least."""
    assert codes(piece) == ([code] if code else [])


@pytest.mark.parametrize(("offer", "code"), [
    ("", "W124"), ("accept: {title: Yes, dispatch: So be it.}", "W124"), ("decline: {change: {tension: 5}}", "W124"),
    ("accept: {title: Give way}, lapse: {change: {tension: 5}}", None), ("accept: {change: {tension: -5}}", None),
    ("accept: {branches: [{chance: even, change: {tension: -5}}, {}]}", None)])
def test_an_offer_has_to_change_something_or_spare_something(offer, code):
    """Accepting does something, or it is what keeps the other answers from doing theirs."""
    move = "moves: {bid: {title: 'Bid', by: osk, to: velmora, tier: contacts, opens: bid_made, dispatch: A bid.}}"
    assert [it for it in codes(f"{move}\noffers: {{bid_made: {{title: A bid, asks: A bid., {offer}}}}}") if it != "W053"] == ([code] if code else [])


def test_the_shipped_scenarios_are_clean():
    """No error and no warning in any of them."""
    for folder in sorted(p.parent for p in SCENARIOS.glob("*/scenario.yaml")):
        assert [d.render(None) for d in checked(folder, folder.name).diagnostics] == []


# -- briefs


def brief(heading: str) -> str:
    """A public sentence, a heading, a secret."""
    return f"# Public\nOne lane is closed.\n\n{heading}\nThe lane is our lever.\n"


@pytest.mark.parametrize(("heading", "told"), [
    ("# Confidential", False), ("# CONFIDENTIAL", False), ("## confidential ##", False), ("#Confidential", False), ("#\u00a0Confidential", False),
    ("# Confidential:", True), ("**Confidential**", True), ("**Confidential:** You know:", True), ("# Secret", True), ("# Secret goals", True),
    ("Confidential", True), ("CONFIDENTIAL:", True), ("# Confidental", True), ("# For your eyes only", True), ("<h1>Private</h1>", True),
    ("Strictly confidential", True), ("# Your side", False),
])
def test_what_looks_like_the_secret_part_is_never_public(heading, told):
    """Read as the paper and the screens read it; whatever is no plain heading is told at its line, with a fix that is made."""
    found = parts(brief(heading))
    assert "lever" not in "".join(found.public)
    assert "lever" in "".join(found.confidential)
    assert [it.meant for it in found.doubts] == (["Confidential"] if told else [])
    files = {**files_of(Entry("W000", "", "", "", "actors: {osk: {brief: briefs/osk.md}}"), "wrong"), "briefs/osk.md": brief(heading).encode()}
    now = checked_files(files, "the-bridge").diagnostics
    assert [(d.code, d.span.path, d.span.line) for d in now if d.code == "V006" and d.span] == (
        [("V006", "the-bridge/briefs/osk.md", 4)] if told else [])
    if told:
        done = mend(files, {"the-bridge/briefs/osk.md": "briefs/osk.md"}, lambda it: checked_files(it, "the-bridge").diagnostics)
        assert not done.left
        assert b"\n# Confidential\n" in done.files["briefs/osk.md"]


@pytest.mark.parametrize(("data", "place", "what"), [
    (brief("# Confidental").replace("lane", "“lane”").encode("cp1252"), (2, 5), "from here on the file is not UTF-8 text"),
    (brief("# Confidential").encode("utf-16"), (1, 1), "the file is UTF-16, not UTF-8"),
    (brief("# Confidential").encode("utf-16-le"), (1, 2), "a NUL character stands here: this is not a text file, or not UTF-8"),
])
def test_a_brief_that_is_no_utf_8_text_is_refused_at_its_place(data, place, what):
    """At its line, as the scenario itself is; nothing else is said or mended of it, and nothing at all if no seat names it."""
    files = {**files_of(Entry("W000", "", "", "", "actors: {osk: {brief: briefs/osk.md}}"), "wrong"), "briefs/osk.md": data}
    now = checked_files(files, "the-bridge").diagnostics
    assert [(d.code, d.message, d.span.line, d.span.column) for d in now if d.span.path == "the-bridge/briefs/osk.md"] == [("Y008", what, *place)]
    unread = {**files_of(Entry("W000", "", "", "", "title: The Bridge"), "wrong"), "briefs/old.md": data}
    assert "Y008" not in {d.code for d in checked_files(unread, "the-bridge").diagnostics}


@pytest.mark.parametrize("line", ["Secret talks were held in May.", "The two governments trust each other in private.", "- a secret fund of 1931",
                                  "Confident of its case, Osk waits.", "What is secret about it: nothing is known."])
def test_prose_that_speaks_of_secrets_stays_public(line):
    """A sentence is no heading."""
    assert not parts(brief(line)).doubts
