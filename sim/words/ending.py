"""words: the last page: what became of it, every seat's goals against par, and the rounds that turned it."""

from __future__ import annotations

import re

from sim.rules import CONTROL, Event, Game, View, goal_scores
from sim.rules.scoring import score
from sim.rules.views import sees
from sim.scenario.conditions import bind_linear, parse_linear
from sim.scenario.models import Par
from sim.words.catalog import Catalog, sentence, spaced
from sim.words.chronicle import Chapter, Chronicle
from sim.words.dispatches import Wire
from sim.words.estimative import MINUS, listed, plain
from sim.words.models import EndingModel, GoalLine, Point, SeatScore, TurnCard
from sim.words.readouts import Contacts
from sim.words.series import phase_at
from sim.words.sources import cited_in

TURNING = 2
CAUSES = 3
WORTH_NAMING = 10
"""A cause is named if it made up one part in so many of the change."""
REST = 50
"""In hundredths of a point: what the named causes leave of a change is told from here on."""
SMALLEST = 100
"""In hundredths of a point: what moved a score by less turned nothing."""


def ending(game: Game, catalog: Catalog, true: View, chronicle: Chronicle, wire: Wire, contacts: Contacts) -> EndingModel:
    """The last page of a match that has ended.

    `true` is the complete view: once a match has ended the scores of all seats are told. Everything else rests on what
    the viewer heard.
    """
    it = catalog.scenario.endings[true.ending]
    seats = sorted(game.seats, key=lambda seat: seat != chronicle.viewer)
    turns = turning(game, catalog, chronicle, wire, contacts)
    points, scores = course(game, catalog, chronicle)
    return EndingModel(
        id=true.ending, title=it.title, text=it.text.strip(), note=it.note.strip(),
        date=catalog.date_of(true.round + 1), round=true.round,
        scores=tuple(seat_score(game, catalog, seat, true) for seat in seats),
        turning=tuple(_told(catalog, turn) for turn in turns), questions=tuple(catalog.scenario.about.questions),
        source=cited_in(it.source), turns=turns, points=points, course=scores,
        key_tracks=key_tracks(game, catalog, chronicle.viewer))


def standing(game: Game, catalog: Catalog, seen: View, chronicle: Chronicle, wire: Wire, contacts: Contacts) -> EndingModel:
    """The same page of a match that goes on: where it stands, as the viewer sees it, and only its own score.

    Control reads every seat's. The id is empty, for no ending was reached.
    """
    viewer = chronicle.viewer
    closed = len([chapter for chapter in chronicle.chapters if chapter.closed])
    # what an open round has brought so far is no round of its own
    chronicle = Chronicle(viewer, chronicle.chapters[:closed or None])
    seats = game.seats if viewer == CONTROL else (viewer,) if viewer in game.seats else ()
    turns = turning(game, catalog, chronicle, wire, contacts)
    points, scores = course(game, catalog, chronicle)
    at = catalog.round_and_date(seen.round)
    rounds = "No round has" if not closed else "One round has" if closed == 1 else f"{closed} rounds have"
    phase = phase_at(catalog, seen.values)
    text = f"The match stands in {at}. {rounds} been played." + (f" Phase: {sentence(phase)}" if phase else "")
    return EndingModel(
        id="", title="Not played to an ending", text=text, note="", date=catalog.date_of(seen.round), round=seen.round,
        scores=tuple(seat_score(game, catalog, seat, seen) for seat in seats),
        turning=tuple(_told(catalog, turn) for turn in turns), questions=tuple(catalog.scenario.about.questions),
        turns=turns, points=points, course=scores, key_tracks=key_tracks(game, catalog, viewer))


def seat_score(game: Game, catalog: Catalog, seat: str, seen: View) -> SeatScore:
    """A seat's goals and its score beside par; seats are never ranked against each other."""
    values = seen.values
    raw = (score(game, values, game.number(seat)) + 50) // 100
    goals = []
    for goal in goal_scores(game, values, seat):
        it = catalog.scenario.actors[seat].goals[goal.goal]
        goals.append(GoalLine(goal.goal, it.title or sentence(spaced(goal.goal)).rstrip("."), goal.weight, goal.figure,
                              sentence(filled(catalog, it.says, values))))
    par = par_of(game, catalog, seat)
    name = catalog.capital(seat)
    return SeatScore(seat, name, raw, par.median if par else None, par.low if par else None, par.high if par else None,
                     verdict(name, raw, par), tuple(goals), taken(catalog, seat, values))


def taken(catalog: Catalog, seat: str, values: tuple[int, ...]) -> str:
    """What human cost and the seat's own penalty took from every goal, to be read before the figures; or empty."""
    vocabulary = catalog.bound.words.conditions()
    out = []
    for text, what in ((catalog.scenario.human_cost, "the human cost"),
                       (catalog.scenario.actors[seat].penalty, "what it signed across its own red line")):
        if text:
            linear = bind_linear(parse_linear(text), vocabulary)
            points = linear.const + sum(k * values[catalog.index[name]] for k, name in linear.terms)
            if points > 0:
                out.append(f"{what} took {points}")
    return sentence(f"{listed(out)} from every goal; each figure is what was left") if out else ""


def par_of(game: Game, catalog: Catalog, seat: str) -> Par | None:
    """What persona play reaches in the seat on the same clock; None where it was not measured."""
    total = 0
    for leg, it in catalog.scenario.clock.legs.items():
        total += it.rounds
        if total == game.rounds:
            return catalog.scenario.par.get(leg, {}).get(seat)
    return None


def verdict(name: str, raw: int, par: Par | None) -> str:
    """The score beside par: `Yerevan 62, which is 7 above what personas usually reach here (55; middle half 45 to 67).`."""
    if par is None:
        return f"{name} {raw} of 100."
    off = raw - par.median
    how = "exactly" if off == 0 else f"{abs(off)} {'above' if off > 0 else 'below'}"
    return f"{name} {raw}, which is {how} what personas usually reach here ({par.median}; middle half {par.low} to {par.high})."


# -- over the rounds


def course(game: Game, catalog: Catalog, chronicle: Chronicle) -> tuple[tuple[Point, ...], tuple[int, ...]]:
    """The viewer's score at the start and after each round; empty for who has no seat."""
    if chronicle.viewer not in game.seats or not chronicle.chapters:
        return (), ()
    seat = game.number(chronicle.viewer)
    first = chronicle.chapters[0]
    points = [Point("start", 0, catalog.date_of(1), phase_at(catalog, first.before))]
    values = [first.before]
    for chapter in chronicle.chapters:
        points.append(Point(str(chapter.round), chapter.round, catalog.date_of(chapter.round),
                            phase_at(catalog, chapter.after)))
        values.append(chapter.after)
    return tuple(points), tuple((score(game, each, seat) + 50) // 100 for each in values)


def key_tracks(game: Game, catalog: Catalog, viewer: str) -> tuple[str, ...]:
    """The listed tracks that the viewer's goals rest on, the weightiest first.

    What takes from every goal is left out: nobody is to read deaths as something to be won or lost.
    """
    if viewer not in game.seats:
        return ()
    vocabulary = catalog.bound.words.conditions()
    taking = (catalog.scenario.human_cost, catalog.scenario.actors[viewer].penalty)
    taken_by = {name for text in taking if text for _, name in bind_linear(parse_linear(text), vocabulary).terms}
    weights: dict[str, int] = {}
    for goal in game.goals:
        for k, var in goal.terms if goal.seat == game.number(viewer) else ():
            name = game.names[var]
            track = catalog.tracks.get(name)
            if track and track.shown and sees(game, viewer, var) and name not in taken_by:
                weights[name] = weights.get(name, 0) + goal.weight * abs(k) * (track.max - track.min)
    return tuple(sorted(weights, key=lambda name: -weights[name]))


def turning(game: Game, catalog: Catalog, chronicle: Chronicle, wire: Wire, contacts: Contacts) -> tuple[TurnCard, ...]:
    """The rounds in which the viewer's score moved most, in the order of play; empty for who has no seat."""
    if chronicle.viewer not in game.seats:
        return ()
    seat = game.number(chronicle.viewer)
    moved: list[tuple[int, Chapter]] = []
    before = score(game, chronicle.chapters[0].before, seat) if chronicle.chapters else 0
    for chapter in chronicle.chapters:
        after = score(game, chapter.after, seat)
        moved.append((after - before, chapter))
        before = after
    largest = sorted((m for m in moved if abs(m[0]) >= SMALLEST), key=lambda m: -abs(m[0]))[:TURNING]
    return tuple(_turn(game, catalog, seat, change, chapter, wire, contacts)
                 for change, chapter in sorted(largest, key=lambda m: m[1].round))


def _turn(game: Game, catalog: Catalog, seat: int, change: int, chapter: Chapter, wire: Wire, contacts: Contacts) -> TurnCard:
    verb = "gained" if change > 0 else "lost"
    return TurnCard(chapter.round, catalog.date_of(chapter.round), change,
                    f"{catalog.capital(game.seats[seat])} {verb} {_points(abs(change))}.",
                    tuple(_causes(game, seat, change, chapter, wire, contacts)))


def _told(catalog: Catalog, turn: TurnCard) -> str:
    """A turning round in one go: `In round 2 (2 March 2030) Velmora lost 34 points. −34.8: Osk closes a lane.`."""
    head = f"In {catalog.round_and_date(turn.round)} {turn.head}"
    told = " ".join(f"{points}: {text}" for points, text in turn.causes)
    return f"{head} {told}" if told else f"{head[:-1]}, bit by bit."


def _causes(game: Game, seat: int, change: int, chapter: Chapter, wire: Wire, contacts: Contacts) -> list[tuple[str, str]]:
    """Points and texts of what moved the score most in the direction in which it went; the rest, if it counts, last."""
    found: list[tuple[int, int, str, str, int]] = []
    moved: list[int] = []
    values = list(chapter.before)
    before = score(game, values, seat)
    for n, event in enumerate((*chapter.opened, *chapter.resolved)):
        line = wire.dispatch(event, values, contacts, "close") if event.changes else None
        for var, _, after in event.changes:
            values[var] = after
        now = score(game, values, seat)
        moved.append(now - before)
        if (now - before) * change > 0 and abs(now - before) * WORTH_NAMING >= abs(change):
            text = line.text if line else _unsaid(wire, event)
            if text:
                found.append((abs(now - before), n, _signed_points(now - before), text, now - before))
        before = now
    largest = sorted(found, key=lambda f: -f[0])[:CAUSES]
    named = [(points, text) for _, _, points, text, _ in sorted(largest, key=lambda f: f[1])]
    rest = change - sum(by for *_, by in largest)
    if named and abs(rest) >= REST:
        left = moved.copy()
        for *_, by in largest:
            left.remove(by)
        small = max(map(abs, left), default=0) < SMALLEST
        named.append((_signed_points(rest), "The rest, in small parts." if small else "All the rest together."))
    return named


def _unsaid(wire: Wire, event: Event) -> str:
    """What moved a score without being on the wire: the author's title of a rule, or what others did in secret."""
    if event.kind == "unseen":
        return "Something was done out of your sight."
    bound = wire.catalog.rules.get(event.id.partition("@")[0])
    rule = wire.catalog.scenario.rules.get(bound.key) if bound else None
    return sentence(rule.title) if rule else ""


def _points(hundredths: int) -> str:
    whole = (hundredths + 50) // 100
    return f"{whole} point" if whole == 1 else f"{whole} points"


def _signed_points(hundredths: int) -> str:
    return f"{'+' if hundredths > 0 else MINUS}{abs(hundredths) / 100:.1f}"


def filled(catalog: Catalog, says: str, values: tuple[int, ...]) -> str:
    """`{track}` replaced by its value."""
    def value(found: re.Match[str]) -> str:
        var = catalog.index.get(found.group(1))
        return plain(values[var]) if var is not None else found.group(0)

    return re.sub(r"\{([a-z0-9_.]+)\}", value, says)
