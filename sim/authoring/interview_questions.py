"""authoring: the questions of `detente new`, in order, each with its rule, its help and an answer to begin with.

A question may depend on the answers before it; one that does not apply is not asked. Answers are plain values (text,
numbers, lists, yes or no), so that they can be kept in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Answers = Mapping[str, Any]
Kind = Literal["text", "phrase", "sentence", "names", "points", "some", "whole", "date", "yes", "choice"]
MOST_SIDES: Final = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be asked."""

    id: str
    ask: str
    help: str
    default: Any
    kind: Kind
    most: int = 0
    """Characters of a text, items of a list, or the largest number."""
    least: int = 0
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: each word with what it means. Of `some`: the names to choose from."""
    example: str = ""
    """Another answer than the default."""


SAMPLE: Final = "how much water leaves the dam in a dry summer"
"""While the quarrel is the example's, the other answers offered are the example's too."""
STEPS: Final = {"day": "1 days", "three days": "3 days", "week": "7 days", "month": "30 days"}


def _sampled(answers: Answers, sample: Any, otherwise: Any) -> Any:
    return sample if answers.get("quarrel", SAMPLE) == SAMPLE else otherwise


def _sides(answers: Answers) -> list[str]:
    return list(answers.get("sides", ("Highmark", "Lowmere")))


def _wants(number: int) -> Callable[[Answers], Question | None]:
    def asked(answers: Answers) -> Question | None:
        sides = _sides(answers)
        if number > len(sides):
            return None
        side = sides[number - 1]
        sample = {"Highmark": "a full reservoir before the winter", "Lowmere": "water for our fields"}
        default = _sampled(answers, sample.get(side), None) or "a result that we can defend at home"
        return Question(f"wants_{number}", f"What would {side} say? Go on with: “We want …”",
                        "It is the seat's own sentence and stands in its brief: say what it wants, without a word against "
                        "the others.", default, "phrase", 90, example="a timetable that we can live with")
    return asked


def _mediator_name(answers: Answers) -> Question | None:
    if not answers.get("mediator"):
        return None
    return Question("mediator_name", "Who mediates?", "It becomes a seat of its own, with credit to spend and calm to gain, and "
                    "takes no side.", _sampled(answers, "River Commission", "The Mediator"), "text", 24,
                    example="Arbitration Board")


def _points(answers: Answers) -> Question | None:
    if not answers.get("text"):
        return None
    more, less = _named(answers, more=True), _named(answers, more=False)
    return Question("points", "Which three points would it have? First one that all can live with, then one "
                    f"for {more}, then one for {less}; separated by commas.",
                    "Each becomes a clause that is tabled, agreed or put into brackets, and signed. The second moves "
                    f"“{answers.get('stake', '')}” up, the third down; the first only helps everybody.",
                    _sampled(answers, ["A common gauge", "A floor in dry years", "A ceiling in dry years"],
                             ["A common record", "A guaranteed minimum", "A firm limit"]), "points", 44, 3,
                    example="A joint committee, Back pay, No further strikes this year")


def _named(answers: Answers, *, more: bool) -> str:
    wanting = answers.get("more", _sides(answers)[1:2])
    return joined([side for side in _sides(answers) if (side in wanting) is more])


def joined(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _accident(answers: Answers) -> Question | None:
    if not answers.get("hazard"):
        return None
    return Question("accident", "What could go wrong? Go on with: “It is reported that …”",
                    "It happens by chance, and the more tension there is the more easily. It hurts every seat, and nobody "
                    "in the story knows whose fault it was.",
                    _sampled(answers, "a pumping station has failed", "somebody has been hurt in a crowd"), "phrase", 90,
                    example="a bus has been damaged at the depot")


def _day(answers: Answers) -> Question | None:
    if not answers.get("deadline"):
        return None
    return Question("day", "What happens on that day? Go on with: “On that day …”",
                    "It comes one round before the end, with a reminder in the round before. Whoever has settled nothing by "
                    "then pays for it.", _sampled(answers, "the harvest begins", "the old rules run out"), "phrase", 70,
                    example="the schools open again")


def _more(answers: Answers) -> Question:
    sides = _sides(answers)
    stake = answers.get("stake", "it")
    return Question("more", f"Who wants “{stake}” to be higher? The others want it lower.",
                    "Names separated by commas, or their numbers. At least one side has to want it lower, or there is no "
                    "quarrel.", sides[1:2], "some", len(sides) - 1, 1, tuple((side, "") for side in sides))


QUESTIONS: Final[tuple[tuple[str, Callable[[Answers], Question | None]], ...]] = (
    ("title", lambda _: Question(
        "title", "What is the scenario called?", "The name in the list of scenarios. It can be changed at any time.",
        "The Dry Summer", "text", 40, example="The Bus Strike")),
    ("quarrel", lambda _: Question(
        "quarrel", "What is the quarrel about? Go on with: “They quarrel about …”",
        "A few words that both sides could accept as a description. If you leave the example as it is, the other "
        "questions offer you its answers too.", SAMPLE, "phrase", 100, example="the hours and the pay of bus drivers")),
    ("kind", lambda _: Question(
        "kind", "Is it fictional or historical?",
        "A historical scenario has to say for every statement where it comes from. The file will say `invented` "
        "everywhere; you replace that as you find your sources.", "fictional", "choice", options=(
            ("fictional", "made up, perhaps after a real case"), ("historical", "it happened, and can be documented")))),
    ("start", lambda _: Question(
        "start", "On which day does it begin? Year-month-day.", "Only the calendar in the game depends on it.",
        "2030-06-03", "date")),
    ("sides", lambda a: Question(
        "sides", "Who quarrels? Two to four names, separated by commas.",
        "Each becomes a seat that somebody can play: states, towns, unions, ministries. A mediator is asked for later. "
        "Every alphabet is welcome; a name in one that Detente cannot spell in Latin letters needs them in brackets.",
        _sampled(a, ["Highmark", "Lowmere"], ["North Side", "South Side"]), "names", MOST_SIDES, 2,
        example="Drivers, Bus Company, Town Hall")),
    ("stake", lambda a: Question(
        "stake", "Which one thing do they all watch rise and fall? One to three words; 0 is nothing of it, 100 is all.",
        "Tension is there anyway. This is the matter itself, as a number: water released, hours of work, seats in a "
        "council.", _sampled(a, "Water released", f"Share of {_sides(a)[-1]}"[:24].strip()), "text", 24, example="Pay")),
    ("more", _more),
    *((f"wants_{n}", _wants(n)) for n in range(1, MOST_SIDES + 1)),
    ("up", lambda a: Question(
        "up", f"What can {_named(a, more=True)} do alone to push it up? Go on with: “… decided to …”",
        "A one-sided act, short of violence: it works at once, breaks a promise, and everybody sees it.",
        _sampled(a, "pump more water than agreed", "take more than was agreed"), "phrase", 48,
        example="stop work for a day")),
    ("down", lambda a: Question(
        "down", f"And what can {_named(a, more=False)} do alone to push it down? Go on with: “… decided to …”",
        "The same in the other direction.", _sampled(a, "close a gate of the dam", "hold back what was promised"),
        "phrase", 48, example="cut the timetable")),
    ("rounds", lambda _: Question(
        "rounds", "How many rounds does it last?", "A round takes a player alone about two minutes, a class about five. "
        "From 4 to 12.", 6, "whole", 12, 4)),
    ("step", lambda _: Question(
        "step", "How long is a round in the story?", "Only the calendar depends on it.", "week", "choice",
        options=(("day", ""), ("three days", ""), ("week", ""), ("month", "")))),
    ("agreement", lambda a: Question(
        "agreement", "Which agreement already stands between them?",
        "A treaty, a contract, a promise at a table. It is what one side can say the other has broken.",
        _sampled(a, "The Reservoir Treaty", "The agreement of last year"), "text", 40,
        example="The timetable agreement")),
    ("promise", lambda a: Question(
        "promise", "What does its first article say? One sentence.",
        "Whoever acts alone breaks it, and a step toward the other mends it. Say it as the text would.",
        _sampled(a, "Neither side changes the flow without a day's notice.",
                 "Neither side changes anything without telling the other first."), "sentence", 200,
        example="Hours are changed only after both have met.")),
    ("phases", lambda _: Question(
        "phases", "How does the situation change?",
        "The phase stands at the head of the screen and is announced when it changes.", "crisis", "choice", options=(
            ("crisis", "calm, strained, crisis: it follows the tension"),
            ("talks", "apart, talking, close: it follows what is said between them"),
            ("ladder", "words, measures, brink: it follows what they do")))),
    ("mediator", lambda _: Question(
        "mediator", "Is there a mediator whom somebody can play?", "A seat beside the quarrel, "
        "scored by calm and by being believed.", False, "yes")),
    ("mediator_name", _mediator_name),
    ("offer", lambda _: Question(
        "offer", "Can a side offer a deal that the other accepts, declines or leaves unanswered?",
        "The heart of most negotiations: it needs two.", True, "yes")),
    ("ultimatum", lambda _: Question(
        "ultimatum", "Can a side set the other an ultimatum?",
        "It pleases at home. When the time has passed, whoever set it must do what it announced, or is seen not to.",
        False, "yes")),
    ("text", lambda _: Question(
        "text", "Do they negotiate a text that can be signed?",
        "Three points, tabled one by one, put into brackets by whoever does not like them, signed together.", True, "yes")),
    ("points", _points),
    ("hazard", lambda _: Question(
        "hazard", "Is there something that nobody wants and that may happen by accident?",
        "The higher the tension, the more likely.", True, "yes")),
    ("accident", _accident),
    ("deadline", lambda _: Question(
        "deadline", "Is there a day by which it should be settled?",
        "A date from outside that waits for nobody.", True, "yes")),
    ("day", _day),
)
