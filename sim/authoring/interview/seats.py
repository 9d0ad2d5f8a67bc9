"""authoring: what `detente new` asks about each seat: what it wants and can lose, what it alone can do, who remembers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sim.authoring.interview.names import id_of
from sim.authoring.interview.question import Answers, Question

MOST_SIDES: Final = 4
_SAMPLES: Final = {
    "Highmark": ("a full reservoir before the winter", "light for the winter", "close a gate of the dam",
                 "open the small gate by night", "The keeper of the dam, who has read the gauge every morning for thirty years."),
    "Lowmere": ("water for our fields", "the late harvest", "pump more water than agreed", "leave one field in three dry",
                "The widow at the last ditch, because her field is always the first to dry."),
}
_LOSSES: Final = ("work and bread", "a good name", "our savings", "peace at home")
_ACTS: Final = ("go ahead without asking anybody", "hold back what was promised", "call the courts in",
                "close the doors to the others")
_STEPS: Final = ("open the books to the others", "give back a part of what was taken", "wait until all have spoken",
                 "share a little of the cost")
_PEOPLE: Final = ("The oldest at the table, who was there when it went wrong the last time.",
                  "A child who asks every evening whether it is settled.",
                  "The clerk, who writes down every word and forgets none.",
                  "A neighbour, who had friends on the other side and may lose them.")

Asked = Callable[[Answers], Question | None]


def sides_of(answers: Answers) -> list[str]:
    """The sides of the quarrel, as far as they are known."""
    return list(answers.get("sides", ("Highmark", "Lowmere")))


def of_seats(sample: str) -> Iterator[tuple[str, Asked]]:
    """The questions about each seat; `sample` is the quarrel of the example."""
    asks: tuple[tuple[str, Callable[[Answers, int, str, tuple[str, ...] | None], Question | None]], ...] = (
        ("wants", _wants), ("loses", _loses), ("act", _act), ("hurts", _hurts), ("gives", _gives), ("person", _person))
    for number in range(1, MOST_SIDES + 1):
        for word, ask in asks:
            yield f"{word}_{number}", _of_side(number, sample, ask)


def _of_side(number: int, sample: str, ask: Callable[[Answers, int, str, tuple[str, ...] | None], Question | None]) -> Asked:
    def asked(answers: Answers) -> Question | None:
        sides = sides_of(answers)
        if number > len(sides):
            return None
        side = sides[number - 1]
        samples = _SAMPLES.get(side) if answers.get("quarrel", sample) == sample else None
        return ask(answers, number, side, samples)
    return asked


def _wants(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question:
    return Question(f"wants_{n}", f"What would {side} say? Go on with: “We want …”",
                    "It is the seat's own sentence: say what it wants, without a word against the others.",
                    samples[0] if samples else "a result that we can defend before our own people", "phrase",
                    f"{side} would have", 90, 2, example="a timetable that our families can live with", lead="We want")


def _loses(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question:
    taken = tuple(str(answers[f"loses_{m}"]) for m in range(1, n) if f"loses_{m}" in answers)
    ids = {id_of(it) for it in taken}
    free = [it for it in (*_LOSSES[n - 1:], *_LOSSES) if id_of(it) not in ids]
    suggested = samples[1] if samples and id_of(samples[1]) not in ids else free[0]
    return Question(f"loses_{n}", f"What can {side} lose, as nobody else can? Go on with: “We could lose …”, in one to three words.",
                    "It is counted from 0 to 100, gets less while nothing is settled, and is a goal of this seat alone.",
                    suggested, "text", f"{side} could lose", 24, 1, example="bread for the town", lead="We could lose", spelled=True,
                    unlike=taken)


def _act(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question:
    way = "up" if side in answers.get("more", sides_of(answers)[1:2]) else "down"
    stake = answers.get("stake", "it")
    return Question(f"act_{n}", f"What can {side} alone do to push “{stake}” {way}? Go on with: “… decided to …”",
                    "A one-sided act, short of violence: it works at once, and everybody sees it.",
                    samples[2] if samples else _ACTS[n - 1], "phrase", f"{side} alone can", 56, 2,
                    example="keep the main gate shut overnight", lead="decided to")


def _hurts(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question | None:
    others = [it for it in sides_of(answers) if it != side]
    if len(others) < 2:
        return None
    wanting = answers.get("more", sides_of(answers)[1:2])
    against = [it for it in others if (it in wanting) is not (side in wanting)]
    act = answers.get(f"act_{n}", "act alone")
    return Question(f"hurts_{n}", f"If {side} should {act}: who is hurt most by it?",
                    "That seat loses some of what it can lose. It may be one that wants the same: allies hurt each other too.",
                    (against or others)[n % len(against or others)], "one", f"{side} hurts most",
                    options=tuple((it, "") for it in others))


def _gives(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question:
    return Question(f"gives_{n}", f"And what can {side} alone give the others? Go on with: “… decided to …”",
                    "A step toward the others: it calms, helps whom the act would hurt, and costs part of what the seat wants.",
                    samples[3] if samples else _STEPS[n - 1], "phrase", f"{side} can give", 56, 2,
                    example="open the lower gate for an hour at night", lead="decided to")


def _person(answers: Answers, n: int, side: str, samples: tuple[str, ...] | None) -> Question:
    return Question(f"person_{n}", f"Who in {side} will remember this, and why? One sentence.",
                    "A person or a scene: whoever plays the seat reads it first, and it makes the seat more than its points.",
                    samples[4] if samples else _PEOPLE[n - 1], "sentence", f"{side}, remembered by", 160, 5,
                    example="The miller at the second wheel, who notches every dry day into the door post.")


def answer_of(answers: Answers, word: str, number: int) -> Any:
    """What was answered about a seat; the other side where only one can be hurt."""
    if word == "hurts" and f"hurts_{number}" not in answers:
        return next(it for n, it in enumerate(sides_of(answers), 1) if n != number)
    return answers[f"{word}_{number}"]
