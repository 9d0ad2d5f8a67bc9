"""Reading YAML with places: what comes out of a file that is right, and where everything stands."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import Span
from sim.scenario.reading.document import Document, read

SAMPLE = """\
# yaml-language-server: $schema=scenario.schema.json
format: 1
title: "The Border Standoff: May 2021"
clock: {start: 2021-05-12, legs: {election: {rounds: 13}}}
actors:
  armenia:
    code: ARM
    red_lines: [corridor, bases]
  azerbaijan:
    code: 'AZE'
moves:
  demand_withdrawal:
    title: Demand publicly that {target} withdraw
    when:
      - positions > 0
      - phase is not clash
    branches:
      - {chance: rest, change: {target.audience: 4, tension: -4}}
    text: |
      A first line.
      A second line about Şuşa.
    note: >-
      folded text
      goes on
    plain: begins here
      and goes on
  none:
"""


# What the two parsers of PyYAML read differently by themselves.
FLOW = "asked: [Who moved first?, Why? Because, 'x?', http://a.b/c?d=e, a ?b, -c]\nmap: {who?: a? b, c: d:e}\n"
PROSE = "a: Who? Me - no\n  and # a comment\nb: :x ?y\nc: |2 \n   x\nd: >- # folded\n  y\n\n  z\ne: http://a:b#c\n"


def read_text(text: str) -> Document:
    """The text as a file in UTF-8."""
    return read("sample.yaml", text.encode())


def place(document: Document, span: Span) -> str:
    """What the file has at the span."""
    return document.text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


@pytest.fixture(scope="module")
def sample() -> Document:
    """The sample, which is right."""
    document = read_text(SAMPLE)
    assert document.diagnostics == ()
    return document


def test_a_file_becomes_plain_values(sample: Document) -> None:
    """Maps, lists, texts and numbers come out as an author means them."""
    value: Any = sample.value
    assert value["format"] == 1
    assert value["clock"]["start"] == "2021-05-12"
    assert value["actors"]["armenia"]["red_lines"] == ["corridor", "bases"]
    move = value["moves"]["demand_withdrawal"]
    assert move["title"] == "Demand publicly that {target} withdraw"
    assert move["branches"] == [{"chance": "rest", "change": {"target.audience": 4, "tension": -4}}]
    assert move["text"] == "A first line.\nA second line about Şuşa.\n"
    assert move["note"] == "folded text goes on"
    assert move["plain"] == "begins here and goes on"
    assert value["moves"]["none"] is None
    assert list(value) == ["format", "title", "clock", "actors", "moves"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+5", 5),
        ("123456789", 123456789),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("2e3", 2000.0),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("y", "y"),
        ("18:30", "18:30"),
        ("2021-05-12", "2021-05-12"),
        ("2021-05-12T10:00:00Z", "2021-05-12T10:00:00Z"),
        ("057", "057"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("5..15", "5..15"),
        ("-5 %", "-5 %"),
        ("1.2.3", "1.2.3"),
        ("-", None),
        ("=", "="),
        ('"5"', "5"),
        ("'true'", "true"),
        ('""', ""),
        ("'it''s'", "it's"),
        (r'"a\nb \"c\""', 'a\nb "c"'),
        ("Şuşa / Շուշի", "Şuşa / Շուշի"),
        ("🙂", "🙂"),
    ],
)
def test_only_the_core_types_of_yaml_are_known(written: str, value: object) -> None:
    """`no`, times, dates, octals and the rest of YAML 1.1 stay text."""
    document = read_text(f"a: {written}\n" if written != "-" else "a:\n  -\n")
    assert document.diagnostics == ()
    expected = [None] if written == "-" else value
    assert document.value == {"a": expected}
    assert isinstance(document.value, dict)
    assert type(document.value["a"]) is type(expected)
    assert not isinstance(document.value["a"], dt.date)


def test_keys_are_text() -> None:
    """A key that looks like a number or a YAML 1.1 boolean is the word that was written."""
    document = read_text("2021: a\nno: b\n1.5: c\n'true': d\n? plain\n: e\n")
    assert document.diagnostics == ()
    assert document.value == {"2021": "a", "no": "b", "1.5": "c", "true": "d", "plain": "e"}


LOCATIONS: list[tuple[tuple[str | int, ...], int, str, str]] = [
    (("format",), 2, "1", "format"),
    (("title",), 3, '"The Border Standoff: May 2021"', "title"),
    (("clock",), 4, "{start: 2021-05-12, legs: {election: {rounds: 13}}}", "clock"),
    (("clock", "legs", "election", "rounds"), 4, "13", "rounds"),
    (("actors",), 6, "armenia", "actors"),
    (("actors", "armenia"), 7, "code", "armenia"),
    (("actors", "armenia", "red_lines"), 8, "[corridor, bases]", "red_lines"),
    (("actors", "armenia", "red_lines", 1), 8, "bases", "bases"),
    (("actors", "azerbaijan", "code"), 10, "'AZE'", "code"),
    (("moves", "demand_withdrawal", "when"), 15, "-", "when"),
    (("moves", "demand_withdrawal", "when", 1), 16, "phase is not clash", "phase is not clash"),
    (("moves", "demand_withdrawal", "branches", 0, "change", "tension"), 18, "-4", "tension"),
    (("moves", "demand_withdrawal", "text"), 19, "|", "text"),
    (("moves", "demand_withdrawal", "plain"), 25, "begins here", "plain"),
]


@pytest.mark.parametrize(("loc", "line", "value", "key"), LOCATIONS)
def test_every_value_and_key_has_its_place(
    sample: Document, loc: tuple[str | int, ...], line: int, value: str, key: str
) -> None:
    """Lines, columns and ends are those of the file, also after lists, quotes and block texts."""
    span = sample.span(loc)
    assert (span.path, span.line) == ("sample.yaml", line)
    assert place(sample, span) == value
    assert place(sample, sample.key_span(loc)) == key


def test_columns_count_characters_not_bytes() -> None:
    """Letters outside ASCII before a value do not move its column."""
    document = read_text('şəhər: {ad: "Şuşa 🙂", x: 1}\n')
    assert document.span(("şəhər", "x")) == Span("sample.yaml", 1, 26, 27)


@pytest.mark.parametrize(
    ("loc", "found"),
    [
        (("actors", "armenia", "policy", "contacts"), ("actors", "armenia")),
        (("actors", "Actor", "armenia", "code", "str"), ("actors", "armenia", "code")),
        (("moves", "demand_withdrawal", "when", "list[str]", 1), ("moves", "demand_withdrawal", "when", 1)),
        (("nothing",), ()),
        ((), ()),
        (("actors", 0), ("actors",)),
        ((*["x"] * 500, "format"), ()),
    ],
)
def test_a_place_that_does_not_exist_falls_back(
    sample: Document, loc: tuple[str | int, ...], found: tuple[str | int, ...]
) -> None:
    """Segments that validation adds are passed over, and a missing value is shown where it should be held."""
    assert sample.span(loc) == sample.span(found)
    assert sample.key_span(loc) == sample.key_span(found)


def test_of_two_equal_places_the_later_segments_count() -> None:
    """A union's tag that is also a key of the file does not draw the place to itself."""
    document = read_text("clash: {text: here}\nphase: {clash: {text: there}}\nopen: 1\n")
    assert place(document, document.span(("clash", "open"))) == "1"


@pytest.mark.parametrize(
    ("text", "loc"),
    [
        ("when: hotline and tensoin > 3\n", ("when",)),
        ("when: 'hotline and tensoin > 3'\n", ("when",)),
        ('when: "hotline and tensoin > 3"\n', ("when",)),
        ("when:\n  - true\n  - hotline and\n    tensoin > 3\n", ("when", 1)),
        ("when: >-\n  hotline and\n  tensoin > 3\n", ("when",)),
        ("when: |\n  hotline and\n  tensoin > 3\n", ("when",)),
        ("when: 'hotline''s and\n\n\n  tensoin > 3'\n", ("when",)),
        ("x: {when: [ hotline  and  tensoin > 3 ]}\n", ("x", "when", 0)),
    ],
)
def test_a_part_of_a_text_has_its_place(text: str, loc: tuple[str | int, ...]) -> None:
    """A column within a condition leads to the right line and column of the file, however it is written."""
    document = read_text(text)
    value: Any = document.value
    for segment in loc:
        value = value[segment]
    start = value.index("tensoin")
    assert place(document, document.within(loc, start, start + 7)) == "tensoin"


def test_a_part_that_cannot_be_placed_is_shown_as_the_whole() -> None:
    """Escapes in double quotation marks, numbers and columns beyond the end fall back to the value."""
    document = read_text('a: "x\\n tensoin"\nb: 60\nc: abc\n')
    assert document.within(("a",), 4, 11) == document.span(("a",))
    assert document.within(("b",), 0, 1) == document.span(("b",))
    assert document.within(("c",), 7, 9) == document.span(("c",))
    assert place(document, document.within(("c",), 1, 99)) == "bc"


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends_change_nothing(prefix: bytes, end: str) -> None:
    """A file from another editor has the same values and the same places."""
    document = read("sample.yaml", prefix + SAMPLE.replace("\n", end).encode())
    plain = read_text(SAMPLE)
    assert document == plain
    assert [document.span(loc) for loc, *_ in LOCATIONS] == [plain.span(loc) for loc, *_ in LOCATIONS]


def test_what_can_be_read_is_read_although_something_is_wrong() -> None:
    """A repeated key and a number that is too large do not hide the rest of the file."""
    document = read_text("a: 1\nb: {x: 1, y: 2, x: {z: 3}}\nc: 99999999999\nd: 4\na: 5\n")
    assert document.value == {"a": 1, "b": {"x": 1, "y": 2}, "c": 999_999_999, "d": 4}
    assert [(item.code, item.span and item.span.line) for item in document.diagnostics] == [
        ("Y002", 2),
        ("Y010", 3),
        ("Y002", 5),
    ]
    assert place(document, document.span(("b", "x"))) == "1"


def test_a_repeated_key_names_the_first_line() -> None:
    """The advice says where the key was first given."""
    document = read_text("title: a\nx: 1\ntitle: b\n")
    (problem,) = document.diagnostics
    assert problem.message == "`title` is given twice"
    assert "first given on line 1" in problem.help
    assert problem.span == Span("sample.yaml", 3, 1, 6)


pytestmark_fast = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="this PyYAML has no C loader")


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Document, Document]:
    """The file as read with libyaml and without."""
    fast = read("sample.yaml", data)
    with monkeypatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        return fast, read("sample.yaml", data)


@pytestmark_fast
@pytest.mark.parametrize("text", [SAMPLE, "a: 1\n", "? a\n: - b\n  - c\n", "a: [b, {c: d}]\ne:\n- f\n-\n", FLOW, PROSE])
def test_the_pure_loader_gives_the_same_values_and_places(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without libyaml reads the same file in the same way, to the last column."""
    fast, pure = both(text.encode(), monkeypatch)
    assert fast == pure
    value: Any = fast.value
    for loc in _locations(value):
        assert fast.span(loc) == pure.span(loc)
        assert fast.key_span(loc) == pure.key_span(loc)


def _locations(value: object) -> list[tuple[str | int, ...]]:
    out: list[tuple[str | int, ...]] = [()]
    if isinstance(value, dict):
        out += [(key, *rest) for key, item in value.items() for rest in _locations(item)]
    if isinstance(value, list):
        out += [(at, *rest) for at, item in enumerate(value) for rest in _locations(item)]
    return out


_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9) + 1, 10**9 - 1),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20).filter(
        # PyYAML writes YAML 1.1, where 1E9 is text and stands bare; in YAML 1.2 it is a number
        lambda text: "\ufeff" not in text and not re.fullmatch(r"[-+]?[0-9.]+[eE][-+]?[0-9]+", text)
    ),
)
_documents = st.dictionaries(
    st.text("abcdefgh_.", min_size=1, max_size=6),
    st.recursive(
        _leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(st.text("abcdefgh_.", min_size=1, max_size=6), inner, max_size=4),
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(_documents, st.sampled_from([None, True, False]), st.sampled_from([40, 1000]))
def test_what_is_written_is_read_again(value: dict[str, Any], flow: bool | None, width: int) -> None:
    """Any plain value that a YAML writer writes comes back equal, with a place for each of its parts."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)
    document = read_text(text)
    assert document.diagnostics == ()
    assert document.value == value
    lines = document.text.split("\n")
    for loc in _locations(value):
        span = document.span(loc)
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column < span.end_column <= len(lines[span.line - 1]) + 2


def test_importing_the_reader_does_not_load_a_yaml_parser() -> None:
    """Commands that read no scenario do not pay for it."""
    code = "import sys, sim.scenario.reading.document; print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
