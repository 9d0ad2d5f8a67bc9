"""authoring: the questions of `detente new`, in order, each with its rule, its help and an answer to begin with.

A question may depend on the answers before it; one that does not apply is not asked. Answers are plain values (text,
numbers, lists, yes or no, none), so that they can be kept in a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sim.authoring.interview.era import era, year_of
from sim.authoring.interview.names import id_of
from sim.authoring.interview.question import Answers, Question, joined
from sim.authoring.interview.seats import MOST_SIDES, of_seats, sides_of

SAMPLE: Final = "how much water leaves the dam in a dry summer"
"""While the quarrel is the example's, the other answers offered are the example's too."""
STEPS: Final = {"day": 1, "three days": 3, "week": 7, "month": 30}
"""How long a round is, in days."""


def _sampled(answers: Answers, sample: Any, otherwise: Any) -> Any:
    return sample if answers.get("quarrel", SAMPLE) == SAMPLE else otherwise


def _named(answers: Answers, *, more: bool) -> str:
    wanting = answers.get("more", sides_of(answers)[1:2])
    return joined([side for side in sides_of(answers) if (side in wanting) is more])


def _start(answers: Answers) -> Question:
    return Question("start", "On which day does it begin? Year-month-day.", "The calendar depends on it, and how news travels: "
                    "in 1435 by letter, in 1910 by newspaper. Any year from 1 on.",
                    "1930-06-02" if answers.get("kind") == "historical" else "2030-06-03", "date", "It begins on",
                    example="1435-07-14")


def _stake(answers: Answers) -> Question:
    return Question("stake", "Which one thing do they all watch rise and fall? One to three words.",
                    "This is the matter itself, as a number from 0 to 100: water released, hours of work, boats at sea. "
                    "Tension is counted anyway.", _sampled(answers, "Water released", "What is shared"), "text",
                    "What rises and falls", 24, 1, example="Pay", spelled=True)


def _ends(answers: Answers) -> Question:
    stake = answers.get("stake", "it")
    return Question("ends", f"“{stake}”: what is the case at 0, and what at 100? Both, with a slash between them.",
                    "Two short descriptions that anybody could check. Players read them beside the number; it begins at 50.",
                    _sampled(answers, ("no water leaves the dam", "both gates stand open"), ("there is none of it", "there is all "
                                                                                            "of it")),
                    "pair", "At 0 and at 100", 70, 2, example="wages stay as they are / every demand is met")


def _more(answers: Answers) -> Question:
    sides = sides_of(answers)
    stake = answers.get("stake", "it")
    return Question("more", f"Who wants “{stake}” to be higher? The others want it lower.",
                    "Names or their numbers, separated by commas; a part of a name is enough. At least one side has to want it "
                    "lower, or there is no quarrel.", sides[1:2], "some", "Higher is better for", len(sides) - 1, 1,
                    tuple((side, "") for side in sides))


def _agreement(answers: Answers) -> Question:
    return Question("agreement", "Which agreement already stands between them? Its name, or `none`.",
                    "A treaty, a contract, an old custom: what one side can say the other has broken. Write it as it would "
                    "stand in a sentence, with “The” if it has one.",
                    _sampled(answers, "The Reservoir Treaty", "The agreement of last year"), "text", "Agreement", 40, 1,
                    example="The Turns of 1239", spelled=True, optional=True)


def _promise(answers: Answers) -> Question | None:
    if answers.get("agreement", "") is None:
        return None
    return Question("promise", "What does its first article say? One sentence.",
                    "Whoever acts alone breaks it, and a step toward the others mends it. Say it as the text would.",
                    _sampled(answers, "Nobody changes the flow without a day's notice.",
                             "Nobody changes anything without telling the others first."), "sentence",
                    "Its first article", 200, 3, example="Hours are changed only after both sides have met.")


def _deal(answers: Answers) -> Question:
    return Question("deal", "Which deal could one side offer another? Go on with: “Let us …”, or `none`.",
                    "It can be accepted, declined or left unanswered: it needs two, and meets halfway.",
                    _sampled(answers, "open one gate every second night", "meet halfway, and see after a month"), "phrase",
                    "A deal", 90, 3, example="share the night: the fields until two, the mills after", lead="Let us",
                    optional=True)


def _point(number: int) -> Callable[[Answers], Question | None]:
    def asked(answers: Answers) -> Question | None:
        if number > 1 and answers.get("point_1") is None:
            return None
        more, less = _named(answers, more=True), _named(answers, more=False)
        ask = ("Do they negotiate a text? Its first article is one that all can live with: a short name, a colon, what it says; "
               "or `none`.", f"The article that {more} would want: a short name, a colon, what it says.",
               f"And the article that {less} would want?")[number - 1]
        help = ("A text has three articles, tabled one by one, agreed or put into brackets, and signed together.",
                f"Its signature moves “{answers.get('stake', '')}” up.",
                f"Its signature moves “{answers.get('stake', '')}” down.")[number - 1]
        default = _sampled(answers, (
            "A common gauge: Each morning both sides read one gauge, together.",
            "A floor in dry years: However dry it is, one gate stays open at night.",
            "A ceiling in dry years: However dry it is, one gate stays closed by day."), (
            "A common record: Both sides keep one record, and both may read it.",
            f"A floor: “{answers.get('stake', 'It')}” does not fall below an agreed figure.",
            f"A ceiling: “{answers.get('stake', 'It')}” does not rise above an agreed figure."))[number - 1]
        unlike = tuple(answers[f"point_{n}"].partition(":")[0] for n in range(1, number) if answers.get(f"point_{n}"))
        if id_of(default.partition(":")[0]) in {id_of(name) for name in unlike}:
            default = f"Point {number}:{default.partition(':')[2]}"
        return Question(f"point_{number}", ask, help, default, "article", f"Article {number}", 200, 3, example=(
            "A written list: The clerk writes every turn into a book that all may read.",
            "Night turns: From dusk the lower gate stands open for six hours.",
            "Morning turns: From dawn the fields above have the water for six hours.")[number - 1], spelled=True,
            optional=number == 1, unlike=unlike)
    return asked


def _mediator(answers: Answers) -> Question:
    return Question("mediator", "Is there a mediator whom somebody can play? A name, or `none`.",
                    "It becomes a seat of its own, with credit to spend and calm to gain, and takes no side.", None, "text",
                    "Mediator", 24, 1, example=_sampled(answers, "River Commission", "Arbitration Board"), spelled=True,
                    optional=True, unlike=tuple(sides_of(answers)))


def _mediator_person(answers: Answers) -> Question | None:
    name = answers.get("mediator")
    if not name:
        return None
    return Question("mediator_person", f"Who in {name} will remember this, and why? One sentence.",
                    "A person or a scene for the brief of the seat.",
                    "The secretary, who has seen both sides smile at each other once, years ago.", "sentence",
                    f"{name}, remembered by", 160, 5,
                    example="The youngest of the judges, who has promised both sides that she will listen.")


def _accident(answers: Answers) -> Question:
    told = era(year_of(answers.get("start", "2030-06-03"))).told
    return Question("accident", f"What could go wrong by accident? Go on with: “{told} …”, or `none`.",
                    "It happens by chance, and the more tension there is the more easily. It hurts every seat, and nobody in "
                    "the story knows whose fault it was.",
                    _sampled(answers, "a pumping station has failed", "somebody has been hurt in a crowd"), "phrase",
                    "What can go wrong", 90, 3, example="a bus has been damaged at the depot", lead=told, optional=True)


def _day(answers: Answers) -> Question:
    return Question("day", "By which day should it be settled? Go on with: “On that day …”, or `none`.",
                    "It comes one round before the end, with a reminder in the round before, and waits for nobody. Who has "
                    "settled nothing by then pays for it.",
                    _sampled(answers, "the harvest begins", "the old rules run out"), "phrase", "On the last day", 70, 3,
                    example="the schools open again", lead="On that day", optional=True)


QUESTIONS: Final[tuple[tuple[str, Callable[[Answers], Question | None]], ...]] = (
    ("title", lambda _: Question(
        "title", "What is the scenario called?", "The name in the list of scenarios. It can be changed at any time.",
        "The Dry Summer", "text", "Title", 40, 1, example="The Bus Strike", spelled=True)),
    ("quarrel", lambda _: Question(
        "quarrel", "What is the quarrel about? Go on with: “They quarrel about …”",
        "A few words that all sides could accept as a description. If you leave the example as it is, the other "
        "questions offer you its answers too.", SAMPLE, "phrase", "They quarrel about", 100, 3,
        example="the hours and the pay of bus drivers", lead="They quarrel about")),
    ("sides", lambda a: Question(
        "sides", "Who quarrels? Two to four names, separated by commas.",
        "Each becomes a seat that somebody can play: states, towns, unions, ministries. A mediator is asked for later. "
        "Every alphabet is welcome; a name in one that Detente cannot spell in Latin letters needs them in brackets.",
        _sampled(a, ["Highmark", "Lowmere"], ["North Side", "South Side"]), "names", "Seats", MOST_SIDES, 2,
        example="Drivers, Bus Company, Town Hall")),
    ("kind", lambda _: Question(
        "kind", "Is it fictional or historical?",
        "A historical scenario has to say for every statement where it comes from. The file will say `invented` "
        "everywhere; you replace that as you find your sources.", "fictional", "choice", "Kind", options=(
            ("fictional", "made up, perhaps after a real case"), ("historical", "it happened, and can be documented")))),
    ("start", _start),
    ("stake", _stake),
    ("ends", _ends),
    ("more", _more),
    *of_seats(SAMPLE),
    ("agreement", _agreement),
    ("promise", _promise),
    ("deal", _deal),
    ("ultimatum", lambda _: Question(
        "ultimatum", "Can a side set another an ultimatum?",
        "It pleases at home. When the time has passed, whoever set it must do what it announced, or is seen not to.",
        False, "yes", "Ultimatums")),
    *((f"point_{n}", _point(n)) for n in (1, 2, 3)),
    ("mediator", _mediator),
    ("mediator_person", _mediator_person),
    ("accident", _accident),
    ("day", _day),
    ("rounds", lambda _: Question(
        "rounds", "How many rounds does it last?", "A round takes a player alone about two minutes, a class about five. "
        "From 4 to 12.", 6, "whole", "Rounds", 12, 4)),
    ("step", lambda _: Question(
        "step", "How long is a round in the story?", "The calendar depends on it.", "week", "choice", "A round is a",
        options=(("day", ""), ("three days", ""), ("week", ""), ("month", "")))),
    ("phases", lambda _: Question(
        "phases", "How does the situation change?",
        "The phase stands at the head of the screen and is announced when it changes.", "crisis", "choice", "Phases", options=(
            ("crisis", "calm, strained, crisis: it follows the tension"),
            ("talks", "apart, talking, close: it follows what is said between them"),
            ("ladder", "words, measures, brink: it follows what they do")))),
)
