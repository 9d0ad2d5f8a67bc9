"""scenario: the promises of a scenario, one sentence a line of `expect:`, read and tied to the file's own names.

Whether they are kept is for others to find out; here nothing is played. A condition in a promise is one of the
scenario's own language.
The grammar of promises and what can be wrong with one stand together here, which makes the module long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from sim.errors import suggest
from sim.scenario.conditions import Always, Condition, ConditionProblem, Vocabulary, bind, parse

if TYPE_CHECKING:
    from sim.scenario.bind import Bound

CODES: Final[dict[str, str]] = {
    "X001": "an empty promise",
    "X002": "a sentence that is none of those that can be retested",
    "X003": "a name that this scenario does not have",
    "X004": "a name that stands for several things",
    "X005": "a sentence that does not fit what it speaks of",
    "X006": "a share or a score that is no number within its range, or promises nothing",
    "X007": "an actor that is no seat",
    "X008": "a move that this seat does not have",
    "X009": "a leg that the clock does not have",
    "X010": "something that would have to come after the ending",
}
"""Every code of this module with what it is about; conditions have their own (G…)."""

Kind = Literal["ending", "phase", "move", "inject", "rule", "clause", "condition"]
KINDS: Final = ("ending", "phase", "move", "inject", "rule", "clause")
"""What can happen, in the order in which names are looked up; each may stand before a name that is not unique."""
MOST_POINTS = 100
LONGEST_QUOTED = 40
"""Letters of a condition that is quoted in an advice."""


class Thing(NamedTuple):
    """What a promise speaks of."""

    kind: Kind
    id: str
    """The author's id, of a condition its words."""
    condition: Condition | None = None
    """Of a phase, a clause (that it is signed) and a condition: what holds when it has happened."""


class Possible(NamedTuple):
    """It happens in some match, or in none."""

    thing: Thing
    possible: bool


class Before(NamedTuple):
    """In some match, or in none, one thing first happens in an earlier round than the other first does."""

    first: Thing
    second: Thing
    possible: bool


class Often(NamedTuple):
    """It happens in so large a share of the games that are played by themselves."""

    thing: Thing
    least: float
    most: float
    """Shares, 0 to 1."""
    players: Literal["persona", "random"]


class Plays(NamedTuple):
    """A seat's persona never orders a move; with `first`, never before somebody else has in an earlier round."""

    seat: str
    move: str
    first: bool


class Scores(NamedTuple):
    """What a seat scores on average in games of personas."""

    seat: str
    least: float
    most: float
    """Points, 0 to 100."""


Says: TypeAlias = Possible | Before | Often | Plays | Scores


class Promise(NamedTuple):
    """One line of `expect:`."""

    number: int
    """Its place in the list, from 0."""
    text: str
    says: Says
    leg: str | None
    """The leg with which the clock is to end; None: the whole clock."""


Report = Callable[[str, str, tuple[object, ...], str], None]
"""Called with code, message, place and help; the place ends with ("#", start, end) within the text."""

SENTENCES: Final = ("war can happen", "war cannot happen", "tension >= 90 is possible", "tension >= 90 never holds",
                    "talks before clash is possible", "talks never before clash", "war in at most 3 % of games",
                    "armenia never plays NAME", "armenia never plays NAME first", "armenia scores at least 40 on average")
"""One of each, for a reader."""

_BOUNDS = (r"(?P<words>at most|at least|between)\s+(?P<low>\S+?)(?:\s+and\s+(?P<high>\S+?))?")
_BY = re.compile(r"\s+by\s+(?P<leg>\S+)\s*$")
_HAPPEN = re.compile(r"(?P<what>.+?)\s+(?P<can>can|cannot)\s+happen$")
_HOLDS = re.compile(r"(?P<what>.+?)\s+(?P<how>is\s+possible|never\s+holds)$")
_BEFORE = re.compile(r"(?P<a>.+?)\s+before\s+(?P<b>.+?)\s+is\s+possible$")
_NEVER_BEFORE = re.compile(r"(?P<a>.+?)\s+never\s+before\s+(?P<b>.+)$")
_OFTEN = re.compile(r"(?P<what>.+?)\s+in\s+" + _BOUNDS + r"\s*%\s+of\s+(?P<random>random\s+)?games$")
_PLAYS = re.compile(r"(?P<seat>\S+)\s+never\s+plays\s+(?P<move>\S+)(?P<first>\s+first)?$")
_SCORES = re.compile(r"(?P<seat>\S+)\s+scores\s+" + _BOUNDS + r"\s+on\s+average$")
_NAME = re.compile(r"(?:(?P<kind>ending|phase|move|inject|rule|clause)\s+)?(?P<name>[A-Za-z_][\w.]*)$")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?$")


def promises(bound: Bound, report: Report | None = None) -> tuple[Promise, ...]:
    """The promises that can be retested, in the order of the file; `report` hears of the others."""
    if not bound.scenario.expect:
        return ()
    reader = _Reader(bound)
    out = []
    for number, text in enumerate(bound.scenario.expect):
        try:
            out.append(reader.read(number, text))
        except ConditionProblem as problem:
            # one kind of problem for both languages: a code, words, and a place within the line
            if report is not None:
                report(problem.code, problem.message, ("expect", number, ("#", problem.start, problem.end)), problem.help)
    return tuple(out)


def check_promises(bound: Bound, report: Report) -> None:
    """Report every promise that cannot be read, or speaks of what this scenario does not have."""
    promises(bound, report)


class _Reader:
    """Reads the promises of one scenario."""

    def __init__(self, bound: Bound) -> None:
        s = bound.scenario
        self.bound = bound
        self.names: dict[str, Iterable[str]] = {
            "ending": s.endings, "phase": s.phases.states if s.phases else (),
            "move": dict.fromkeys(f"{m.id}.{m.of}" if m.of else m.id for m in bound.moves),
            "inject": s.injects, "rule": s.rules, "clause": s.clauses}
        self._vocabulary: Vocabulary | None = None

    def vocabulary(self) -> Vocabulary:
        """What conditions may speak of; made when the first is met."""
        if self._vocabulary is None:
            self._vocabulary = self.bound.words.conditions()
        return self._vocabulary

    def read(self, number: int, text: str) -> Promise:
        """One promise; raises ConditionProblem with the place of what is wrong."""
        if not text.strip():
            raise ConditionProblem("X001", "nothing is promised here", 0, 1, _example())
        body, leg = text.rstrip(), None
        by = _BY.search(body)
        if by is not None:
            leg = by["leg"]
            if leg not in self.bound.words.legs:
                raise ConditionProblem("X009", f"there is no leg `{leg}`", *by.span("leg"),
                                       suggest(leg, self.bound.words.legs) + "legs: " + ", ".join(self.bound.words.legs))
            body = body[:by.start()]
        return Promise(number, " ".join(text.split()), self._says(body), leg)

    def _says(self, text: str) -> Says:
        try:
            return self._sentence(text)
        except ConditionProblem as problem:
            if problem.code not in ("X002", "X003") and problem.code[0] != "G":
                raise
            raise self._meant(text) or problem from None

    def _meant(self, text: str) -> ConditionProblem | None:
        """What to write instead, if the sentence that was meant is near."""
        from sim.scenario.reworded import reworded

        def readable(sentence: str) -> bool:
            try:
                self._sentence(sentence)
            except ConditionProblem:
                return False
            return True

        s = self.bound.scenario
        named: dict[str, Any] = {**s.endings, **s.injects, **s.moves, **s.rules, **s.clauses, **(s.phases.states if s.phases else {})}
        titles = {str(it.title): name for name, it in named.items() if it.title and "{" not in it.title}
        found = reworded(text, readable, titles, [*named, *s.actors, *self.bound.words.variables])
        if found is None:
            return None
        if found.slip is not None:
            start, end, meant = found.slip
            return ConditionProblem("X002", f"`{text[start:end]}` is no word of a promise", start, end, f"did you mean `{meant}`?")
        message = f"{_quoted(text)} is not {'how a promise is worded' if found.same else 'a promise that can be retested'}"
        return ConditionProblem("X002", message, len(text) - len(text.lstrip()), len(text), f"write `{found.text}`")

    def _sentence(self, text: str) -> Says:
        lead = len(text) - len(text.lstrip())
        # the longer sentences first: `a before b is possible` also ends like a condition
        for pattern, meant in ((_PLAYS, self._plays), (_SCORES, self._scores), (_OFTEN, self._often), (_BEFORE, self._before),
                               (_NEVER_BEFORE, self._before), (_HAPPEN, self._happens), (_HOLDS, self._holds)):
            found = pattern.match(text, lead)
            if found is not None:
                return meant(found)
        raise ConditionProblem("X002", f"{_quoted(text)} is not a promise that can be retested", lead, len(text), _advice(text[lead:]))

    # -- sentences

    def _happens(self, found: re.Match[str]) -> Possible:
        thing = self._thing(found, "what")
        if thing.kind == "condition":
            how = "is possible" if found["can"] == "can" else "never holds"
            raise ConditionProblem("X005", "a condition does not happen, it holds", *found.span("what"),
                                   f"write `{thing.id} {how}`")
        return Possible(thing, found["can"] == "can")

    def _holds(self, found: re.Match[str]) -> Possible:
        possible = not found["how"].startswith("never")
        named = self._named(found, "what")
        if named is not None and not self._is_condition(named.id):
            how = "can happen" if possible else "cannot happen"
            raise ConditionProblem("X005", f"`{named.id}` is no condition: the {named.kind} happens or does not",
                                   *found.span("how"), f"write `{found['what']} {how}`")
        return Possible(self._condition(found, "what"), possible)

    def _before(self, found: re.Match[str]) -> Before:
        first, second = self._thing(found, "a"), self._thing(found, "b")
        if first.kind == "ending":
            raise ConditionProblem("X010", f"`{first.id}` ends the match, so nothing comes after it", *found.span("a"),
                                   f"exchange the two, or promise what is so when it ends: `{self._asked(first.id)} and round < 5 "
                                   "is possible`")
        if first == second:
            raise ConditionProblem("X005", "nothing comes before itself", *found.span("b"), "name two different things")
        return Before(first, second, possible=found.re is _BEFORE)

    def _often(self, found: re.Match[str]) -> Often:
        low, high = _bounds(found, 100, "a share lies between 0 and 100 %")
        thing = self._thing(found, "what")
        return Often(thing, low / 100, high / 100, "random" if found["random"] else "persona")

    def _plays(self, found: re.Match[str]) -> Plays:
        seat = self._seat(found)
        move = found["move"]
        own = dict.fromkeys(f"{m.id}.{m.of}" if m.of else m.id for m in self.bound.moves if m.seat == seat)
        if move not in own:
            known = move in self.names["move"]
            raise ConditionProblem("X008" if known else "X003", f"`{seat}` has no move `{move}`" if known else
                                   f"there is no move `{move}` in this scenario", *found.span("move"),
                                   suggest(move, own) + f"moves of `{seat}`: " + ", ".join([m for m in own if "." not in m] or own))
        return Plays(seat, move, first=found["first"] is not None)

    def _scores(self, found: re.Match[str]) -> Scores:
        low, high = _bounds(found, MOST_POINTS, "a score lies between 0 and 100")
        return Scores(self._seat(found), low, high)

    def _asked(self, ending: str) -> str:
        """What an ending asks, in the author's words; `CONDITION` where that is long, a list, or nothing."""
        when = self.bound.scenario.endings[ending].when
        return when if isinstance(when, str) and len(when) <= LONGEST_QUOTED else "CONDITION"

    # -- what they speak of

    def _seat(self, found: re.Match[str]) -> str:
        seat = found["seat"]
        if seat not in self.bound.seats:
            actor = seat in self.bound.scenario.actors
            raise ConditionProblem("X007", f"`{seat}` has no goals, so it is no seat" if actor else f"there is no seat `{seat}`",
                                   *found.span("seat"), suggest(seat, self.bound.seats) + "seats: " + ", ".join(self.bound.seats))
        return seat

    def _thing(self, found: re.Match[str], group: str) -> Thing:
        return self._named(found, group) or self._condition(found, group)

    def _named(self, found: re.Match[str], group: str) -> Thing | None:
        """What a bare name stands for; None for what can only be a condition."""
        name = _NAME.match(found[group])
        if name is None:
            return None
        word = name["name"]
        fits = [kind for kind in KINDS if word in self.names[kind] and name["kind"] in (None, kind)]
        at = found.start(group) + name.start("name"), found.start(group) + name.end("name")
        if len(fits) > 1:
            raise ConditionProblem("X004", f"`{word}` is {_listed(fits)}", *at, f"say which: `{fits[0]} {word}`")
        if fits:
            return self._of(fits[0], word)
        if name["kind"] is None and self._is_condition(word):
            return None
        raise self._unknown(word, name["kind"], *at)

    def _of(self, kind: str, word: str) -> Thing:
        if kind in ("phase", "clause"):
            text = f"phase is {word}" if kind == "phase" else f"{word} is signed"
            return Thing(kind, word, bind(parse(text), self.vocabulary()))  # type: ignore[arg-type]
        return Thing(kind, word)  # type: ignore[arg-type]

    def _is_condition(self, word: str) -> bool:
        known = self.vocabulary()
        return word in known.flags or word in known.defines or word in ("true", "false")

    def _unknown(self, word: str, kind: str | None, start: int, end: int) -> ConditionProblem:
        known = self.vocabulary()
        options = list(self.names[kind]) if kind else [name for each in self.names.values() for name in each]
        if kind is None and word in known.numbers:
            low, high = known.numbers[word]
            return ConditionProblem("X005", f"`{word}` is a number; it does not happen", start, end,
                                    f"say what of it: `{word} >= {(low + high + 1) // 2} is possible`")
        if kind is None and word in known.statuses:
            return ConditionProblem("X005", f"`{word}` has a status; it does not happen", start, end,
                                    f"say which: `{word} is {known.statuses[word][-1]} is possible`")
        if kind is None and word in known.actors:
            return ConditionProblem("X005", f"`{word}` is an actor; it does not happen", start, end,
                                    "promise something of its moves or its score: `never plays`, `scores at least`")
        what = f"no {kind}" if kind else "no ending, phase, move, inject, rule or clause"
        return ConditionProblem("X003", f"there is {what} `{word}` in this scenario", start, end,
                                suggest(word, options) + "name one that the file declares")

    def _condition(self, found: re.Match[str], group: str) -> Thing:
        text, start = found[group], found.start(group)
        try:
            condition = bind(parse(text), self.vocabulary())
        except ConditionProblem as problem:
            raise ConditionProblem(problem.code, problem.message, start + problem.start, start + problem.end,
                                   problem.help) from None
        if isinstance(condition, Always):
            raise ConditionProblem("X005", f"`{text}` is {'always' if condition.value else 'never'} true", start,
                                   start + len(text), "promise something that a match decides")
        return Thing("condition", " ".join(text.split()), condition)


def _bounds(found: re.Match[str], most: int, rule: str) -> tuple[float, float]:
    """The least and the most that are promised."""
    numbers = []
    for group in ("low", "high"):
        text = found[group]
        if text is None:
            continue
        if not _NUMBER.match(text) or float(text) > most:
            raise ConditionProblem("X006", f"`{text}` is no number that can be promised", *found.span(group),
                                   f"{rule}; write a figure such as 3 or 2.5")
        numbers.append(float(text))
    words = found["words"]
    if (words == "between") != (len(numbers) == 2):
        raise ConditionProblem("X002", f"`{words}` is followed by {'two numbers' if words == 'between' else 'one number'}",
                               found.start("words"), found.end("high") if found["high"] else found.end("low"),
                               "write `at most 5`, `at least 5` or `between 5 and 20`")
    low, high = (numbers[0], numbers[1]) if words == "between" else (numbers[0], most) if words == "at least" else (0.0, numbers[0])
    if low > high or (low <= 0 and high >= most):
        raise ConditionProblem("X006", "this promises nothing: it holds whatever happens" if low <= high else
                               "the first number is larger than the second", found.start("words"),
                               found.end("high") if found["high"] else found.end("low"), f"{rule}; promise less than all of it")
    return low, high


def _quoted(text: str) -> str:
    said = " ".join(text.split())
    return f"`{said}`" if len(said) <= LONGEST_QUOTED * 2 else "this"


def _listed(kinds: list[str]) -> str:
    named = [f"{'an' if kind[0] in 'aei' else 'a'} {kind}" for kind in kinds]
    return ", ".join(named[:-1]) + " and " + named[-1]


def _example() -> str:
    return "write a sentence such as `" + SENTENCES[0] + "` or `" + SENTENCES[6] + "`"


_HINTS: Final = (
    (r"\bcan(no|')t\b|\bcan not\b|\bimpossible\b", "write `NAME cannot happen`, or for a condition `CONDITION never holds`"),
    (r"\bcan\b|\bhappens?\b", "write `NAME can happen`"),
    (r"%|\bpercent\b|\bgames?\b", "write `NAME in at most 3 % of games`, `NAME in at least 3 % of games` or "
     "`NAME in between 3 and 8 % of games`"),
    (r"\bscores?\b|\baverage\b", "write `SEAT scores at least 40 on average`"),
    (r"\bplays?\b|\bbot\b|\bfirst\b|\battacks?\b", "write `SEAT never plays MOVE` or `SEAT never plays MOVE first`, with the seat's and the move's ids"),
    (r"\bbefore\b|\bafter\b", "write `NAME before NAME is possible` or `NAME never before NAME`"),
    (r"\bnever\b|\balways\b|\bpossible\b", "write `CONDITION is possible` or `CONDITION never holds`"),
)


def _advice(text: str) -> str:
    """The sentence that was probably meant."""
    if share := re.match(r"(?P<what>\S+)\s+(?P<share>(?:at most|at least|between)\b.*%\s+of\s+(?:random\s+)?games)$", text):
        return f"write `{share['what']} in {share['share']}`"
    for words, advice in _HINTS:
        if re.search(words, text):
            return advice
    return _example()
