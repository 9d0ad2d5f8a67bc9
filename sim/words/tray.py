"""words: the questions a seat may answer this round: offers that wait, clauses on the table."""

from __future__ import annotations

from sim.rules import Game, View
from sim.rules.facts import Facts
from sim.rules.tables import Question, Rule
from sim.words.catalog import Catalog, sentence
from sim.words.estimative import chance_word, counted, percents
from sim.words.likely import NOTHING, UNSEEN
from sim.words.menu import MenuWriter
from sim.words.models import QuestionItem

SURE = 1 << 16


def questions(game: Game, catalog: Catalog, seen: View, writer: MenuWriter) -> tuple[QuestionItem, ...]:
    """The open questions of the viewer's seat."""
    if not seen.open or seen.ending or seen.viewer not in game.seats:
        return ()
    facts = Facts(game, seen.values)
    seat = game.number(seen.viewer)
    return tuple(_item(game, catalog, seen, writer, facts, question) for question in game.questions
                 if question.seat == seat and _open(game, catalog, seen, facts, question))


def _open(game: Game, catalog: Catalog, seen: View, facts: Facts, question: Question) -> bool:
    if question.id.startswith("offer."):
        return seen.values[catalog.index[f"{question.id}.{seen.viewer}"]] > 0
    return any(facts[game.moves[n].cond] for n in question.answers)


def _item(game: Game, catalog: Catalog, seen: View, writer: MenuWriter, facts: Facts,
          question: Question) -> QuestionItem:
    answers = tuple(writer.item(game.moves[n], catalog.moves[game.moves[n].key], facts) for n in question.answers)
    if question.id.startswith("offer."):
        _, kind, giver = question.id.split(".")
        offer = catalog.scenario.offers[kind]
        left = seen.values[catalog.index[f"{question.id}.{seen.viewer}"]]
        asks = offer.asks or f"{{target}} offers: {catalog.inline(offer.title)}."
        return QuestionItem(question.id, offer.title, catalog.fill(asks, seen.viewer, giver), left, answers,
                            _lapse(game, writer, seen, f"lapse.{kind}.{giver}.{seen.viewer}", left))
    clause = question.id.removeprefix("clause.")
    said = seen.values[catalog.index[f"yes.{clause}.{seen.viewer}"]] > 0
    text = catalog.scenario.clauses[clause].text.strip()
    return QuestionItem(question.id, f"Clause: {catalog.clause(clause)}",
                        f"{text} You have said yes and may still bracket it." if said else text, 0,
                        answers, _silence(game, catalog, clause, seen), said)


def _lapse(game: Game, writer: MenuWriter, seen: View, group: str, left: int) -> str:
    if left > 1:
        return f"It stays open for {counted(left - 1, 'more round')}."
    rule = next((r for r in game.open_rules if r.key == group), None)
    text = writer.reckoner.effects(rule.effects, seen.values)[1] if rule else NOTHING
    return "It lapses." if text in (NOTHING, UNSEEN) else f"It lapses: {text}."


def _silence(game: Game, catalog: Catalog, clause: str, seen: View) -> str:
    rule = _of_leg([r for r in game.close_rules if r.key == f"unanswered.{clause}"], game, seen.round)
    if rule is None:
        return "It stays on the table."
    percent = percents((rule.p, SURE - rule.p))[0]
    return sentence(f"it stays on the table; that it falls into brackets for want of an answer is "
                    f"{chance_word(percent)} ({percent} %) each round")


def _of_leg(rules: list[Rule], game: Game, number: int) -> Rule | None:
    leg = game.clock[max(1, number) - 1].leg
    return next((r for r in rules if r.leg in (-1, leg)), None)
