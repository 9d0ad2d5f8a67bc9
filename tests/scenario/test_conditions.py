"""The language of conditions and scores: what it accepts, what it means, and how it refuses.

Long because it is mostly tables, one row a sentence of the language or a mistake with its code and place.
"""

from __future__ import annotations

import pytest

from sim.scenario.conditions import (
    CODES,
    All,
    Always,
    Any,
    Compare,
    Condition,
    ConditionProblem,
    Flag,
    Is,
    Linear,
    Named,
    Not,
    Played,
    Vocabulary,
    bind,
    bind_linear,
    constant,
    english,
    moves_played,
    names,
    parse,
    parse_linear,
    walk,
)

WORDS = Vocabulary(
    numbers={
        "tension": (0, 100),
        "positions": (0, 9),
        "links": (0, 100),
        "balance": (-50, 50),
        "round": (1, 39),
        "armenia.trust.azerbaijan": (0, 100),
        "azerbaijan.trust.armenia": (0, 100),
        "armenia.support": (0, 100),
        "armenia.audience": (0, 100),
        "armenia.resolve": (0, 100),
        "azerbaijan.resolve": (0, 100),
    },
    statuses={
        "withdrawal": ("observed", "questioned", "breached"),
        "phase": ("incident", "talks", "clash", "pass"),
        "signed_once": ("signed",),
    },
    flags={"hotline", "summit_held", "yes_exchange.russia.armenia", "delegation.armenia"},
    defines={
        "room": "links >= 2 or summit_held",
        "quiet_room": "room and tension < 40",
        "eager": "actor.resolve > 50",
        "armenian": "actor is armenia",
        "here": "there",
        "there": "not here",
        "broken": "tensoin > 3",
    },
    moves={"invoke_csto", "publish_maps"},
    actors={"armenia", "azerbaijan", "russia"},
)


def typed(text: str, actor: str | None = "armenia", target: str | None = "azerbaijan") -> Condition:
    """The text as armenia meets it, azerbaijan opposite."""
    return bind(parse(text), WORDS, actor, target)


def at_least(name: str, value: int) -> Compare:
    """`name >= value`."""
    return Compare(((1, name),), -value, ">=")


def at_most(name: str, value: int) -> Compare:
    """`name <= value`."""
    return Compare(((-1, name),), value, ">=")


ACCEPTED: list[tuple[str, Condition]] = [
    ("tension >= 60", at_least("tension", 60)),
    ("tension > 60", at_least("tension", 61)),
    ("tension <= 60", at_most("tension", 60)),
    ("tension < 60", at_most("tension", 59)),
    ("60 <= tension", at_least("tension", 60)),
    ("tension == 60", Compare(((1, "tension"),), -60, "==")),
    ("60 != tension", Compare(((1, "tension"),), -60, "!=")),
    ("tension >= +5", at_least("tension", 5)),
    ("balance >= -5", Compare(((1, "balance"),), 5, ">=")),
    ("40 <= tension < 50", All((at_least("tension", 40), at_most("tension", 49)))),
    ("2 * links >= 11", at_least("links", 6)),
    ("2 * links == 10", Compare(((1, "links"),), -5, "==")),
    ("2 * links - tension >= 10", Compare(((2, "links"), (-1, "tension")), -10, ">=")),
    ("(links + 3) * 2 > tension", Compare(((2, "links"), (-1, "tension")), 5, ">=")),
    ("tension - tension >= 1", Always(False)),
    ("links + tension - links >= 1", at_least("tension", 1)),
    ("links - hotline >= 1", Compare(((1, "links"), (-1, "hotline")), -1, ">=")),
    (
        "armenia.support - armenia.audience < 25",
        Compare(((-1, "armenia.support"), (1, "armenia.audience")), 24, ">="),
    ),
    (
        "actor.resolve > target.resolve",
        Compare(((1, "armenia.resolve"), (-1, "azerbaijan.resolve")), -1, ">="),
    ),
    ("armenia.trust.azerbaijan < 20", at_most("armenia.trust.azerbaijan", 19)),
    ("target.trust.actor >= 1", at_least("azerbaijan.trust.armenia", 1)),
    ("withdrawal is breached", Is("withdrawal", "breached", False)),
    ("phase is not clash", Is("phase", "clash", True)),
    ("not phase is clash", Is("phase", "clash", True)),
    ("not phase is not clash", Is("phase", "clash", False)),
    ("phase is (clash)", Is("phase", "clash", False)),
    ("phase is pass", Is("phase", "pass", False)),
    ("hotline", Flag("hotline")),
    ("hotline == 1", Flag("hotline")),
    ("hotline > 0", Flag("hotline")),
    ("hotline == 0", Not(Flag("hotline"))),
    ("hotline != 1", Not(Flag("hotline"))),
    ("not not hotline", Flag("hotline")),
    ("yes_exchange.russia.actor", Flag("yes_exchange.russia.armenia")),
    ("delegation.actor", Flag("delegation.armenia")),
    ("played(invoke_csto)", Played("invoke_csto")),
    ("played ( invoke_csto )", Played("invoke_csto")),
    ("room", Named("room", Any((at_least("links", 2), Flag("summit_held"))))),
    ("eager", Named("eager", at_least("armenia.resolve", 51))),
    ("armenian", Always(True)),
    ("true", Always(True)),
    ("not true", Always(False)),
    ("actor is armenia", Always(True)),
    ("actor is target", Always(False)),
    ("target is not russia", Always(True)),
    ("actor is russia or hotline", Flag("hotline")),
    ("actor is russia and hotline", Always(False)),
    ("actor is armenia or hotline", Always(True)),
    ("actor is armenia and hotline", Flag("hotline")),
    ("positions > 0 and not hotline", All((at_least("positions", 1), Not(Flag("hotline"))))),
    (
        "hotline and (summit_held and positions > 0)",
        All((Flag("hotline"), Flag("summit_held"), at_least("positions", 1))),
    ),
    (
        "hotline or summit_held and positions > 0",
        Any((Flag("hotline"), All((Flag("summit_held"), at_least("positions", 1))))),
    ),
    ("not (hotline or summit_held)", Not(Any((Flag("hotline"), Flag("summit_held"))))),
    ("  tension >= 60\n  and hotline ", All((at_least("tension", 60), Flag("hotline")))),
]


@pytest.mark.parametrize(("text", "expected"), ACCEPTED)
def test_a_condition_means_what_it_says(text: str, expected: Condition) -> None:
    """Each form of the language becomes the typed tree that stands for it."""
    assert typed(text) == expected


# text, code, what stands at the reported place, a word of message or help
REFUSED: list[tuple[str, str, str, str]] = [
    ("", "G001", "", "tension >= 60"),
    ("   ", "G001", " ", "nothing"),
    ("tension >= 60 and " * 20 + "hotline", "G002", "", "list"),
    (" or ".join(["x"] * 60), "G003", "", "define"),
    ("-" * 80 + "1 > 2", "G003", "", "60 parts"),
    ("not " * 65 + "hotline", "G003", "", "60 parts"),
    ("(" * 12 + "hotline" + ")" * 12, "G003", "(", "10 deep"),
    ("ténsion > 3", "G004", "ténsion", "a to z"),
    ("hotline; summit_held", "G004", ";", "and"),
    ("hotline\u00a0and summit_held", "G004", "\u00a0", "invisible"),
    ("tension > $5", "G004", "$", "whole numbers"),
    ("tension = 60", "G005", "=", "=="),
    ("hotline && summit_held", "G006", "&&", "`and`"),
    ("hotline || summit_held", "G006", "||", "`or`"),
    ("!hotline", "G006", "!", "`not`"),
    ("tension => 60", "G006", "=>", ">="),
    ("tension =< 60", "G006", "=<", "<="),
    ("tension <> 60", "G006", "<>", "!="),
    ("tension === 60", "G006", "===", "=="),
    ("tension ≥ 60", "G006", "≥", ">="),
    ("tension := 60", "G006", ":=", "=="),
    ("withdrawal is 'breached'", "G007", "'", "bare word"),
    ('withdrawal is "breached"', "G007", '"', "bare word"),
    ("withdrawal is “breached”", "G007", "“", "bare word"),
    ("trust[armenia] > 3", "G008", "[", "points"),
    ("{actor}.resolve > 3", "G008", "{", "bare name"),
    ("relation(armenia) > 20", "G009", "relation", "played(move)"),
    ("actor.resolve() > 20", "G009", "actor.resolve", "played(move)"),
    ("played(3)", "G009", "played(3)", "one move"),
    ("played(not invoke_csto)", "G009", "played(not invoke_csto)", "one move"),
    ("tension ** 2 > 3", "G010", "**", "powers"),
    ("tension / 2 > 3", "G010", "/", "multiply"),
    ("tension // 2 > 3", "G010", "//", "multiply"),
    ("tension % 2 == 0", "G010", "%", "whole"),
    ("tension > 60.5", "G011", "60.5", "whole number"),
    ("tension > .5", "G011", ".5", "whole number"),
    ("tension > 5.", "G011", "5.", "whole number"),
    ("tension > 060", "G011", "060", "`60`"),
    ("tension > 1234567890", "G011", "1234567890", "nine"),
    ("tension > 1e3", "G011", "1e3", "letter"),
    ("tension > 60and hotline", "G011", "60and", "space"),
    ("day >= 2021-05-20", "G016", "2021-05-20", "day 0"),
    ("day == 20.5.2021", "G016", "20.5.2021", "day 0"),
    ("(hotline", "G012", "(", "never closed"),
    ("hotline)", "G012", ")", "never opened"),
    ("tension >= 60 and", "G013", "and", "missing after"),
    ("and hotline", "G013", "and", "missing before"),
    ("hotline and or summit_held", "G013", "or", "between"),
    ("tension >= > 60", "G013", ">", "between"),
    ("tension sixty", "G013", "sixty", "side by side"),
    ("hotline (summit_held)", "G009", "hotline", "played"),
    ("(hotline) (summit_held)", "G013", "(", "side by side"),
    ("()", "G013", ")", "nothing between"),
    ("played()", "G013", ")", "nothing between"),
    ("hotline, summit_held", "G013", ",", "`and`"),
    ("phase not is clash", "G013", "not", "is not"),
    ("phase is not not clash", "G013", "not", "after"),
    ("tension >= not 4", "G013", "not", "after"),
    ("armenia. > 4", "G013", ".", "name is missing"),
    ("lambda: 1", "G014", "lambda", "not a word"),
    ("phase in talks", "G014", "in", "name each status"),
    ("hotline if room else true", "G014", "if", "not a word"),
    ("hotline AND room", "G014", "AND", "`and`"),
    ("hotline == True", "G014", "True", "`true`"),
    ("withdrawal is breached is hotline", "G015", "withdrawal is breached is hotline", "chain"),
    ("tension is 60", "G015", "tension is 60", "tension == 60"),
    ("phase == clash", "G015", "phase == clash", "phase is clash"),
    ("phase != clash", "G015", "phase != clash", "phase is not clash"),
    ("actor == armenia", "G015", "actor == armenia", "actor is armenia"),
    ("tensoin >= 60", "G101", "tensoin", "did you mean `tension`?"),
    ("actor.resolv > 4", "G101", "actor.resolv", "did you mean `actor.resolve`?"),
    ("trust > 4", "G101", "trust", "armenia.trust.azerbaijan"),
    ("phase is talks or clash", "G101", "clash", "write `phase is clash`"),
    ("invoke_csto", "G101", "invoke_csto", "played(invoke_csto)"),
    ("armenia > 3", "G101", "armenia", "is an actor"),
    ("withdrowal is breached", "G101", "withdrowal", "withdrawal"),
    ("withdrawal is breeched", "G102", "breeched", "did you mean `breached`?"),
    ("withdrawal >= 3", "G103", "withdrawal", "withdrawal is observed"),
    ("tension >= breached", "G103", "breached", "is a status"),
    ("room >= 1", "G103", "room", "yes or no"),
    ("tension is high", "G103", "tension", "has no status"),
    ("armenia is actor", "G103", "armenia", "actor is armenia"),
    ("(tension > 3) > 2", "G103", "tension > 3", "yes or no"),
    ("played(invoke_csto) > 2", "G103", "played(invoke_csto)", "yes or no"),
    ("tension", "G104", "tension", "compare it"),
    ("tension + 3", "G104", "tension + 3", "compare it"),
    ("not 5", "G104", "5", "compare it"),
    ("hotline and withdrawal", "G104", "withdrawal", "say which"),
    ("actor", "G104", "actor", "actor is armenia"),
    ("hotline > 1", "G105", "hotline > 1", "never true"),
    ("hotline >= 0", "G105", "hotline >= 0", "always true"),
    ("hotline is true", "G105", "hotline is true", "write `hotline`"),
    ("hotline is not true", "G105", "hotline is not true", "write `not hotline`"),
    ("actor is armenai", "G106", "armenai", "did you mean `armenia`?"),
    ("played(invoke_cst)", "G107", "invoke_cst", "did you mean `invoke_csto`?"),
    ("links + tension > positions", "G109", "links + tension > positions", "two tracks"),
    ("tension * links > 3", "G110", "tension * links", "multiplied"),
    ("here", "G111", "here", "here → there → here"),
    ("hotline or broken", "G101", "broken", "in `broken`"),
    ("999 * tension > 3", "G112", "999 * tension > 3", "32,767"),
]


@pytest.mark.parametrize(("text", "code", "place", "word"), REFUSED)
def test_a_wrong_condition_is_refused_with_code_place_and_advice(text: str, code: str, place: str, word: str) -> None:
    """Each mistake has its own code, points at what is wrong, and says what to write."""
    with pytest.raises(ConditionProblem) as caught:
        typed(text)
    problem = caught.value
    assert problem.code == code
    if place:
        assert text[problem.start : problem.end] == place
    assert word in problem.message + " " + problem.help
    assert 0 <= problem.start < problem.end


def test_every_code_has_an_example() -> None:
    """No code of the catalogue is untested, and none is raised that the catalogue does not know."""
    tested = {code for _, code, _, _ in REFUSED}
    assert tested | {"G108"} == set(CODES)


def test_no_words_of_the_parser_show_through() -> None:
    """The text is ours throughout: nothing of Python's own error messages reaches an author."""
    for text, *_ in REFUSED:
        with pytest.raises(ConditionProblem) as caught:
            typed(text)
        said = (caught.value.message + caught.value.help).lower()
        assert "syntax" not in said
        assert "expr" not in said
        assert "ast" not in said.split()


@pytest.mark.parametrize(("text", "role"), [("actor.support > 3", "actor"), ("target is armenia", "target")])
def test_actor_and_target_are_refused_where_there_are_none(text: str, role: str) -> None:
    """A rule has no actor, and many a move no target."""
    with pytest.raises(ConditionProblem, match=f"there is no {role} here") as caught:
        bind(parse(text), WORDS)
    assert caught.value.code == "G108"


def test_a_later_problem_of_a_line_is_found_at_its_column() -> None:
    """The place is that of the mistake, not of the line."""
    with pytest.raises(ConditionProblem) as caught:
        typed("hotline and tension >= 60 and withdrawal is breeched")
    assert (caught.value.start, caught.value.end) == (44, 52)


def test_defined_names_cannot_grow_a_condition_without_end() -> None:
    """Names that double at each step are refused at once, not written out."""
    doubling = {f"d{n}": f"d{n - 1} and d{n - 1}" for n in range(1, 15)} | {"d0": "hotline and summit_held"}
    words = Vocabulary(flags={"hotline", "summit_held"}, defines=doubling)
    with pytest.raises(ConditionProblem) as caught:
        bind(parse("d14"), words)
    assert caught.value.code == "G112"
    chain = {f"d{n}": f"d{n - 1}" for n in range(1, 3000)} | {"d0": "hotline"}
    with pytest.raises(ConditionProblem) as caught:
        bind(parse("d2999"), Vocabulary(flags={"hotline"}, defines=chain))
    assert caught.value.code == "G112"


def test_each_part_keeps_the_authors_words() -> None:
    """For "why not?" every part knows how it was written, with actor and target filled in."""
    found = typed("not room and  40 <= actor.resolve < 50 and yes_exchange.russia.actor")
    assert isinstance(found, All)
    assert found.text == "not room and 40 <= armenia.resolve < 50 and yes_exchange.russia.armenia"
    assert [item.text for item in found.items] == [
        "not room",
        "40 <= armenia.resolve",
        "armenia.resolve < 50",
        "yes_exchange.russia.armenia",
    ]


def test_what_a_condition_reads_is_known_also_behind_defined_names() -> None:
    """The tracks, flags and statuses read, and the moves asked for, include those of defined names."""
    found = typed("quiet_room or withdrawal is breached or played(invoke_csto) and actor.resolve > 2")
    assert names(found) == {"links", "summit_held", "tension", "withdrawal", "armenia.resolve"}
    assert moves_played(found) == {"invoke_csto"}
    assert {part.name for part in walk(found) if isinstance(part, Named)} == {"quiet_room", "room"}


ENGLISH = [
    ("tension >= 60", "tension is 60 or more"),
    ("tension < 60", "tension is 59 or less"),
    ("not tension >= 60", "tension is 59 or less"),
    ("tension == 60", "tension is 60"),
    ("not tension == 60", "tension is not 60"),
    ("withdrawal is breached", "the withdrawal is breached"),
    ("phase is not clash", "the phase is not Fighting"),
    ("hotline", "hotline is set"),
    ("not hotline", "hotline is not set"),
    ("played(invoke_csto)", "“invoke csto” has been played"),
    ("not played(invoke_csto)", "“invoke csto” has not been played"),
    ("not room", "“room” does not hold"),
    ("actor.resolve > target.resolve", "armenia resolve is more than azerbaijan resolve"),
    ("actor.resolve >= target.resolve", "armenia resolve is at least azerbaijan resolve"),
    ("2 * links - tension >= 10", "2 × links is at least 10 more than tension"),
    ("links - tension < 10", "links is at most 9 more than tension"),
    ("links == tension", "links is equal to tension"),
    ("links != tension + 4", "links is not exactly 4 more than tension"),
    ("links + tension >= 10", "links plus tension is 10 or more"),
    ("hotline and (room or links > 3)", "hotline is set and (“room” holds or links is 4 or more)"),
    ("not (hotline or room)", "not (hotline is set or “room” holds)"),
    ("true", "always"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_a_condition_reads_as_english(text: str, expected: str) -> None:
    """The fragment can stand in a sentence and uses the labels it is given."""

    def label(name: str) -> str:
        return "Fighting" if name == "clash" else name.replace("_", " ").replace(".", " ")

    assert english(typed(text), label) == expected


CONSTANT = [
    ("tension >= 0", True),
    ("tension > 100", False),
    ("tension >= 60", None),
    ("positions <= 9", True),
    ("positions == 10", False),
    ("positions != 10", True),
    ("2 * links == 3", False),
    ("2 * links != 3", True),
    ("links - tension >= -100", True),
    ("links - tension > 100", False),
    ("not tension > 100", True),
    ("signed_once is signed", True),
    ("signed_once is not signed", False),
    ("phase is clash and phase is talks", False),
    ("phase is clash and phase is not clash", False),
    ("phase is not clash or phase is not talks", True),
    ("phase is incident or phase is talks or phase is clash or phase is pass", True),
    ("phase is incident or phase is talks or phase is clash", None),
    ("tension >= 60 and tension < 60", False),
    ("tension >= 60 or tension < 60", True),
    ("tension >= 60 or tension < 59", None),
    ("tension == 5 and tension != 5", False),
    ("positions >= 8 and positions != 8 and positions != 9", False),
    ("hotline and not hotline", False),
    ("hotline or not hotline", True),
    ("played(invoke_csto) and not played(invoke_csto)", False),
    ("room and not room", None),
    ("quiet_room and tension > 50", False),
    ("not (hotline or tension > 3) and hotline", False),
    ("tension > 100 and hotline", False),
    ("tension >= 0 or hotline", True),
    ("actor is armenia", True),
]


@pytest.mark.parametrize(("text", "expected"), CONSTANT)
def test_what_always_or_never_holds_is_known(text: str, expected: bool | None) -> None:
    """Bounds and statuses show which conditions cannot fail or cannot hold."""
    assert constant(typed(text), WORDS) is expected


LINEAR = [
    ("100 - 15 * positions", Linear(((-15, "positions"),), 100)),
    ("2*armenia.support - 30", Linear(((2, "armenia.support"),), -30)),
    (
        "links + 40*hotline + 15*positions - 20",
        Linear(((1, "links"), (40, "hotline"), (15, "positions")), -20),
    ),
    ("-positions", Linear(((-1, "positions"),), 0)),
    ("actor.support", Linear(((1, "armenia.support"),), 0)),
    ("3 * (links - 2) - links", Linear(((2, "links"),), -6)),
    ("0 * links + 7", Linear((), 7)),
]


@pytest.mark.parametrize(("text", "expected"), LINEAR)
def test_a_score_is_a_sum_of_tracks(text: str, expected: Linear) -> None:
    """Any number of tracks and flags, each times a whole number."""
    assert bind_linear(parse_linear(text), WORDS, "armenia", None) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "G001"),
        ("links * tension", "G110"),
        ("links > 3", "G103"),
        ("not hotline", "G103"),
        ("room", "G103"),
        ("withdrawal", "G103"),
        ("true", "G103"),
        ("1.5 * links", "G011"),
        ("links / 2", "G010"),
        ("liks", "G101"),
        ("target.support", "G108"),
        ("500 * tension", "G112"),
        ("played(invoke_csto)", "G103"),
    ],
)
def test_a_wrong_score_is_refused(text: str, code: str) -> None:
    """What is no sum of whole multiples, or grows too large, has the same codes as in conditions."""
    with pytest.raises(ConditionProblem) as caught:
        bind_linear(parse_linear(text), WORDS, "armenia", None)
    assert caught.value.code == code


# --- what a condition means, against an independent reading -------------------------------------------------
