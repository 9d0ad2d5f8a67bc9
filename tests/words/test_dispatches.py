"""The wire: who reads what, in whose words."""

from __future__ import annotations

from sim.rules import CONTROL, PUBLIC
from sim.scenario.conditions import names as read_by
from sim.scenario.dossier import load_dossiers
from sim.scenario.load import Loaded, load_files
from sim.words.desk import Desk
from tests.conftest import SCENARIOS
from tests.words.seats import Script, by_lot, desk_of, match_of

MEETING = {1: ["ask_talks:osk>velmora"], 2: [], 3: [], 4: ["open_lane:osk"]}


def test_the_author_s_text_is_printed_with_the_capitals(loaded_first_round: Loaded) -> None:
    """`{actor}` and `{target}` stand for who acts and who is addressed."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["protest:osk>velmora"]})
    (line,) = desk.resolve()
    assert line.text == "Osk protests against the conduct of Velmora."
    assert (line.speaker, line.tier, line.kind, line.private) == ("Osk", "statements", "order", False)
    assert line.changes == ("Tension 50 → 56",)
    assert line.date == "1 March 2030"


def test_the_news_of_a_round_are_its_close_and_the_next_opening(loaded_first_round: Loaded) -> None:
    """By default a desk shows what was learnt since it last filed; a number gives one round whole."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": {2: ["protest:osk>velmora"]}})
    desk.resolve()
    desk.resolve()
    assert [(d.round, d.kind) for d in desk.dispatches()] == [(2, "order"), (3, "inject")]
    assert [(d.round, d.kind) for d in desk.dispatches(2)] == [(2, "order")]
    assert [d.round for d in desk.wire()] == [2, 3]


def test_a_private_order_is_read_by_those_concerned_alone(loaded_first_round: Loaded) -> None:
    """An offer between two is on their wires, marked as not public, and on nobody else's."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["ask_talks:osk>velmora"]})
    (line,) = desk.resolve()
    assert line.private
    assert Desk(desk.match, "osk", {}).dispatches(1) == (line,)
    assert Desk(desk.match, CONTROL, {}).dispatches(1) == (line,)
    assert Desk(desk.match, PUBLIC, {}).dispatches(1) == ()


def test_an_overtaken_order_is_told_to_its_own_seat(loaded_first_round: Loaded) -> None:
    """When the last lane opens first, the engineers' trip is overtaken; only Velmora reads that, and why."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": MEETING})
    desk.resolve()
    assert desk.add("accept.talks:velmora>osk") is None
    desk.resolve()
    desk.resolve()
    assert desk.add("inspect:velmora") is None
    lines = desk.resolve()
    overtaken = [line for line in lines if line.kind == "overtaken"]
    assert [line.text for line in overtaken] == [
        "Overtaken by events: your order “Send engineers to the bridge” could no longer be carried out: it needs that "
        "lanes closed are 1 or more (then 0). Its attention is spent."]
    assert all(line.kind != "overtaken" for line in Desk(desk.match, "osk", {}).dispatches(4))


def test_an_overtaken_order_tells_nothing_that_its_seat_does_not_see(loaded_flagship: Loaded) -> None:
    """A failed condition is told with a value only where everything it reads is the reader's to see."""
    match = match_of(loaded_flagship, seed=6)
    wires = {seat: Desk(match, seat, {}) for seat in match.game.seats}
    told = 0
    while not match.ended:
        by_lot(match)
        for seat, desk in wires.items():
            for line in desk.dispatches():
                if line.kind == "overtaken":
                    told += "it needs that" in line.text
                    bound = desk.catalog.moves[line.key]
                    hidden = {n for c in bound.conditions for n in read_by(c) if n in desk.catalog.index
                              and not desk.catalog.names(seat).sees_name(n)}
                    assert bound.seat == seat
                    assert all(desk.catalog.names(CONTROL).title(n) not in line.text for n in hidden)
    assert told


def test_a_die_is_told_where_all_it_rests_on_is_seen(loaded_first_round: Loaded) -> None:
    """The engineers succeed with 68 percent, and the wire says which way it went and how likely that was."""
    rolls: set[str] = set()
    for seed in range(6):
        desk = desk_of(loaded_first_round, "velmora", {"osk": {1: ["ask_talks:osk>velmora"]}}, seed=seed)
        desk.resolve()
        desk.add("accept.talks:velmora>osk")
        desk.resolve()
        desk.add("inspect:velmora")
        rolls.update(line.roll for line in desk.resolve() if line.key == "inspect:velmora")
    assert rolls == {"likely (68 %): it happened", "unlikely (32 %): it happened"}


def test_a_step_without_the_author_s_words_is_told_plainly(loaded_first_round: Loaded) -> None:
    """A provision's new status is news even where its author wrote no dispatch."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["close_lane:osk"]})
    assert "“Free passage (1)” of “The Bridge Treaty” is now breached." in [line.text for line in desk.resolve()]


def test_a_readout_says_of_which_contact_to_those_who_heard_of_it(loaded_flagship: Loaded) -> None:
    """All read the same public account with its speaker; with whom the call was is told to who knows of the call."""
    match = match_of(loaded_flagship)
    policies = {"armenia": Script({1: ["call:armenia>france"], 3: ["readout_firm:armenia"]}),
                "france": Script({2: ["accept.call:france>armenia"]})}
    desk = Desk(match, "armenia", {**policies})
    for number in (1, 2, 3):
        for key in policies["armenia"].rounds.get(number, ()):
            assert desk.add(key) is None
        desk.resolve()
    account = loaded_flagship.usable()[0].readouts["call"]["armenia"].firm
    for viewer in ("armenia", "france", "united_states", PUBLIC, CONTROL):
        told = [d for d in Desk(match, viewer, {}).dispatches(3) if d.kind == "readout"]
        knows = viewer in ("armenia", "france", CONTROL)
        head = "Yerevan, after its call with Paris:" if knows else "Yerevan:"
        assert [(d.text, d.speaker) for d in told] == [(account.replace("Yerevan:", head, 1), "Yerevan")]


def test_a_disputed_claim_marks_its_dispatch(loaded_flagship: Loaded) -> None:
    """The first day's two accounts rest on claims that are denied; without dossiers nothing is marked."""
    scenario = loaded_flagship.usable()[0]
    match = match_of(loaded_flagship)
    dossiers = load_dossiers(SCENARIOS.parent / "seeds", scenario.dossiers)[0]
    marked = Desk(match, "russia", {}, dossiers)
    (line,) = marked.dispatches(1)
    assert line.contested
    assert any("denies it" in source.disputed for source in marked.sources(line.source))
    assert not Desk(match, "russia", {}).dispatches(1)[0].contested


def test_every_line_reads_as_a_sentence(loaded_flagship: Loaded) -> None:
    """No placeholder, no id, no doubled blank reaches any reader in a match by lot."""
    match = match_of(loaded_flagship, seed=6)
    desks = [Desk(match, viewer, {}) for viewer in (*match.game.seats, PUBLIC, CONTROL)]
    while not match.ended:
        by_lot(match)
    for desk in desks:
        wire = desk.wire()
        assert len(wire) > 100
        for line in wire:
            assert not set("{}_") & set(line.text), line.text
            assert "  " not in line.text
            assert line.text.rstrip("”\"'’)")[-1] in ".!?", line.text
            assert line.text[0].isupper() or not line.text[0].isalpha(), line.text


def test_a_hazard_tells_its_chance_to_whoever_sees_what_it_follows(loaded_first_round: Loaded) -> None:
    """It hangs on the track's value at that moment; who does not see the track does not learn it by the chance."""
    text = loaded_first_round.files["scenario.yaml"]
    rumour = "when: tension >= 60, chance: unlikely"
    assert rumour in text
    told: dict[str, set[tuple[int, str]]] = {}
    for of in ("tension", "standing"):
        changed = text.replace(rumour, f"when: tension >= 1, hazard: {{of: {of}, at: {{0: 10 %, 100: 90 %}}}}")
        found = load_files({**loaded_first_round.files, "scenario.yaml": changed}, "first-round")
        for seed in range(1, 7):
            match = match_of(found, seed)
            while not match.state.ending:
                by_lot(match)
            for viewer in ("velmora", "osk", PUBLIC, CONTROL):
                for line in Desk(match, viewer, {}).wire():
                    if line.key == "rumour":
                        told.setdefault(f"{of}, {viewer}", set()).add((line.shifts[0].before, line.roll))
    for who in ("tension, velmora", f"tension, {PUBLIC}", f"tension, {CONTROL}"):
        assert len(told[who]) > 2
        for tension, roll in told[who]:
            nearest = 10 + 80 * (tension * 16 // 100) / 16
            assert abs(int(roll.partition("(")[2].partition(" %")[0]) - nearest) <= 1
            assert roll.endswith("it happened")
    assert all("it happened" in roll for _, roll in told["standing, osk"] | told[f"standing, {CONTROL}"])
    assert {roll for _, roll in told["standing, velmora"] | told[f"standing, {PUBLIC}"]} == {""}
