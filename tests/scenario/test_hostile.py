"""Hostile and broken files: one problem, at its place, in plain words."""

from __future__ import annotations

import random

import pytest
import yaml

from sim.scenario.reading.document import CODES, DEEPEST, LARGEST_FILE, MOST_VALUES, Document, read

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

# name, file, code, line, column
REFUSED: list[tuple[str, bytes, str, int, int]] = [
    ("nothing", b"", "Y013", 1, 1),
    ("a comment only", b"# nothing\n", "Y013", 1, 1),
    ("dashes only", b"---\n", "Y013", 1, 1),
    ("a list", b"- a\n- b\n", "Y014", 1, 1),
    ("a text", b"just a sentence\n", "Y014", 1, 1),
    ("a number", b"7", "Y014", 1, 1),
    ("too large", b"a: " + b"x" * LARGEST_FILE, "Y007", 1, 1),
    ("too many values", b"a: [" + b"1," * 200_000 + b"]", "Y007", 1, 2 * MOST_VALUES - 1),
    ("UTF-16", "a: 1\n".encode("utf-16"), "Y008", 1, 1),
    ("UTF-16 without mark", "a: 1\n".encode("utf-16-le"), "Y008", 1, 2),
    ("Latin-1", "a: 1\nb: Şu\n".replace("Ş", "é").encode("latin-1"), "Y008", 2, 4),
    ("a Windows code page", "a: Bakı\n".encode("cp1254"), "Y008", 1, 7),
    ("NUL", b"a: b\0c\n", "Y008", 1, 5),
    ("an escape character", b"a: \x1b[2J\n", "Y008", 1, 4),
    ("a second byte order mark", b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n", "Y008", 1, 1),
    ("a line separator", "a: b\u2028c\n".encode(), "Y008", 1, 5),
    ("half a letter", b"a: \xc3", "Y008", 1, 4),
    ("a surrogate", b"a: \xed\xa0\x80\n", "Y008", 1, 4),
    ("a tab as indentation", b"a:\n\tb: 1\n", "Y009", 2, 1),
    ("a tab behind a colon", b"a:\tb\n", "Y009", 1, 3),
    ("an anchor", b"a: &x 1\n", "Y003", 1, 4),
    ("an alias", b"a: *x\n", "Y003", 1, 4),
    ("an alias as key", b"*x : 1\n", "Y003", 1, 1),
    ("an alias bomb", BOMB.encode(), "Y003", 1, 4),
    ("an alias to itself", b"a: &a [*a]\n", "Y003", 1, 4),
    ("many anchors", b"a: " + b"&a " * 300_000, "Y003", 1, 4),
    ("a merged map", b"a: 1\n<<: {b: 1}\n", "Y006", 2, 1),
    ("a tag", b"a: !!python/object:os.system x\n", "Y004", 1, 4),
    ("a tag of its own", b"a:\n  b: !flag x\n", "Y004", 2, 6),
    ("a tag on a map", b"a: !x {b: 1}\n", "Y004", 1, 4),
    ("a tag without handle", b"a: !q!x y\n", "Y004", 1, 4),
    ("many exclamation marks", b"!" * 1_000_000, "Y004", 1, 1),
    ("a key twice", b"a: 1\nb: 2\na: 3\n", "Y002", 3, 1),
    ("a key thrice", b"a: 1\na: 2\na: 3\n", "Y002", 2, 1),
    ("a key twice in braces", b"x: {a: 1, 'a': 2}\n", "Y002", 1, 11),
    ("a list as key", b"? [a, b]\n: c\n", "Y006", 1, 3),
    ("a map as key", b"title: {{target}} withdraws\n", "Y006", 1, 9),
    ("null as key", b"~: 1\n", "Y006", 1, 1),
    ("true as key", b"a: {true: 1}\n", "Y006", 1, 5),
    ("an empty key", b"'': 1\n", "Y006", 1, 1),
    ("a missing key", b": x\n", "Y006", 1, 1),
    ("deep brackets", b"a: " + b"[" * 500_000, "Y005", 1, 3 + DEEPEST),
    ("deep braces", b"{a: " * 200_000, "Y005", 1, 1 + 4 * DEEPEST),
    ("deep dashes", b"- " * 500_000, "Y005", 1, 1 + 2 * DEEPEST),
    ("deep lines", "".join(f"{' ' * n}a:\n" for n in range(1000)).encode(), "Y005", 1 + DEEPEST, 1 + DEEPEST),
    ("one level too deep", b"a: " + b"[" * DEEPEST + b"]" * DEEPEST, "Y005", 1, 3 + DEEPEST),
    ("many question marks", b"? " * 500_000, "Y006", 1, 3),
    ("ten digits", b"a: 1234567890\n", "Y010", 1, 4),
    ("a million digits", b"a: -" + b"9" * 1_000_000, "Y010", 1, 4),
    ("infinity", b"a: .inf\n", "Y011", 1, 4),
    ("minus infinity", b"a: -.INF\n", "Y011", 1, 4),
    ("no number", b"a: .nan\n", "Y011", 1, 4),
    ("a huge exponent", b"a: 1e999\n", "Y011", 1, 4),
    ("a tiny exponent", b"a: 1.5e-999\n", "Y011", 1, 4),
    ("endless decimals", b"a: 1." + b"3" * 900_000, "Y011", 1, 4),
    ("two documents", b"a: 1\n---\nb: 2\n", "Y012", 2, 1),
    ("text after the end", b"a: 1\n...\nb: 2\n", "Y012", 3, 1),
    ("a directive", b"# x\n%YAML 1.1\n---\na: 1\n", "Y001", 2, 1),
    ("an unknown directive", b"%FOO\na: 1\n", "Y001", 1, 1),
    ("a colon in prose", b"a: She said: no\n", "Y015", 1, 12),
    ("a colon in a list", b"a:\n  - b: Moscow says: wait\n", "Y015", 2, 19),
    ("a colon at the end", b"a: She said:\n", "Y015", 1, 12),
    ("a colon after a quotation", b'a: "x": y\n', "Y015", 1, 7),
    ("a colon in braces", b"a: {b: c: d}\n", "Y015", 1, 9),
    ("a leading at", b"a: @home\n", "Y016", 1, 4),
    ("a leading backquote", b"a: `x`\n", "Y016", 1, 4),
    ("a leading percent", b"a: %x\n", "Y016", 1, 4),
    ("bold", b"a: *Note* this\n", "Y016", 1, 4),
    ("bold in a list", b"a:\n  - *Note*\n", "Y016", 2, 5),
    ("a leading ampersand", b"a: & co\n", "Y016", 1, 4),
    ("a leading comma", b"a: , x\n", "Y016", 1, 4),
    ("a leading bracket", b"a: ] x\n", "Y016", 1, 4),
    ("a comparison as text", b"a: > 60\n", "Y016", 1, 4),
    ("a bar before text", b"a: | text\n", "Y016", 1, 4),
    ("a question", b"a: ? why\n", "Y016", 1, 4),
    ("text behind a quotation", b'a: "Hello" she said\n', "Y017", 1, 12),
    ("an apostrophe in quotes", b"a: 'It's late'\n", "Y017", 1, 7),
    ("an open quotation mark", b'a: 1\nb: "never\nc: 3\n', "Y017", 2, 4),
    ("an open apostrophe", b"a: 'tis\nb: 3\n", "Y017", 1, 4),
    ("a quotation closed too late", b'a: "never\nb: "x"\n', "Y017", 1, 4),
    ("an endless quotation", b'a: "' + b"x" * 1_000_000, "Y017", 1, 4),
    ("an open bracket", b"a: [1, 2\nb: 3\n", "Y018", 1, 4),
    ("an open brace", b"a: {x: 1\nb: 3\n", "Y018", 1, 4),
    ("a missing comma", b"a: [[1] [2]]\n", "Y018", 1, 9),
    ("text behind a bracket", b"a: {target} withdraws\n", "Y018", 1, 4),
    ("text behind a list", b"a: [x] [y]\n", "Y018", 1, 4),
    ("an endless brace", b"{" + b"a" * 1_000_000, "Y018", 1, 1_000_002),
    ("a line too far out", b"a:\n  b: 1\n c: 2\n", "Y019", 3, 2),
    ("a line too far in", b"a: 1\n  b: 2\n", "Y019", 2, 3),
    ("no dash", b"a:\n  - 1\n  b: 2\n", "Y019", 3, 3),
    ("a dash among keys", b"a: 1\n- b\n", "Y019", 2, 1),
    ("a dash behind a key", b"a: - 1\n", "Y019", 1, 4),
    ("a block text too far out", b"a: |\n    x\n  y\n", "Y019", 3, 3),
    ("a colon against a comma", b"a: {b:, c: 1}\n", "Y001", 1, 6),
    ("a comment against a bar", b"a: >#x\n  b\n", "Y016", 1, 4),
    ("a space of a word processor", "a: 1\nb:\u00a02\n".encode(), "Y021", 2, 3),
    ("nothing that can be seen", "by: a\u200b\n".encode(), "Y021", 1, 6),
    ("no colon", b"a: 1\nfoo\nb: 2\n", "Y001", 2, 1),
    ("no colon above", b"foo\nb: 2\n", "Y001", 1, 1),
    ("an endless key", b"a" * 1_000_000 + b": 1", "Y001", 1, 1),
    ("a bad escape", b'a: "C:\\q"\n', "Y020", 1, 7),
    ("half an escape", b'a: "\\x0"\n', "Y020", 1, 5),
    ("an escaped surrogate", b'a: "\\uD800"\n', "Y020", 1, 5),
    ("an impossible letter", b'a: "\\UFFFFFFFF"\n', "Y020", 1, 5),
    ("an escaped terminal code", b'a: "x\\e[31m"\n', "Y020", 1, 6),
    ("an escaped NUL", b'a: "x\\x00"\n', "Y020", 1, 6),
    ("an escaped bell", b'a: "x\\u0007"\n', "Y020", 1, 6),
]


def refused(document: Document, code: str, line: int, column: int) -> None:
    """Exactly one problem, there, in words that an author knows."""
    assert [item.code for item in document.diagnostics] == [code]
    (problem,) = document.diagnostics
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)
    assert problem.severity == "error"
    assert problem.help
    lines = document.text.split("\n")
    assert len(problem.render(lines[problem.span.line - 1])) < 1000
    said = problem.message + problem.help
    for foreign in ("expected", "scalar", "token", "flow", "node", "stream", "mapping", "sequence"):
        assert foreign not in said


@pytest.mark.parametrize(("data", "code", "line", "column"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_hostile_file_gets_one_problem_at_its_place(data: bytes, code: str, line: int, column: int) -> None:
    """One diagnostic with code, line and column, in our own words."""
    refused(read("hostile.yaml", data), code, line, column)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [row[1:] for row in REFUSED if len(row[1]) < 5000],
    ids=[r[0] for r in REFUSED if len(r[1]) < 5000],
)
def test_the_pure_loader_refuses_the_same(
    data: bytes, code: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without libyaml an author reads the same message at the same place."""
    fast = read("hostile.yaml", data)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    pure = read("hostile.yaml", data)
    refused(pure, code, line, column)
    assert pure.diagnostics == fast.diagnostics
    assert pure.value == fast.value


def test_every_code_has_an_example() -> None:
    """No code of the reader is untested."""
    assert {code for _, _, code, _, _ in REFUSED} == set(CODES)


HARMLESS = {
    "a megabyte of newlines": b"a: 1\n" + b"\n" * 1_000_000,
    "a megabyte of comment": b"a: 1 #" + b"#" * 1_000_000,
    "a megabyte of text": b"a: " + b"x" * 1_000_000,
    "a megabyte of dashes": b"a: " + b"-" * 1_000_000,
    "a megabyte of blanks": b"a: " + b" " * 1_000_000 + b"b",
    "many short lines of text": b"a: b" + b"\n b" * 300_000,
    "many blank lines in quotation marks": b'a: "b' + b" \n" * 500_000 + b' c"',
    "many backslashes": b'a: "' + b"\\\\" * 500_000 + b'"',
    "as deep as allowed": b"a: " + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1),
}


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS.keys())
def test_a_strange_but_harmless_file_is_read(data: bytes) -> None:
    """Size alone, within the limit, is not refused."""
    document = read("strange.yaml", data)
    assert document.diagnostics == ()
    assert isinstance(document.value, dict)


def test_problems_without_number_are_told_up_to_a_limit() -> None:
    """A file with a hundred thousand mistakes is left after some dozens."""
    document = read("hostile.yaml", b"a: [" + b"!x y," * 100_000 + b"]")
    assert {item.code for item in document.diagnostics} == {"Y004"}
    assert len(document.diagnostics) <= 60
    assert document.value is None


SAMPLE = """\
format: 1
title: "The Border Standoff: May 2021"
clock: {start: 2021-05-12, legs: {election: {rounds: 13, step: 3 days}}}
moves:
  demand:
    when: [positions > 0, 'phase is not clash']
    branches:
      - {chance: rest, change: {target.audience: +4, tension: -4.5}}
    text: |
      Şuşa.
    note: >-
      folded
      text
  'quoted \\u00e9': "an \\u00e9 escape"
""".encode()
SIGNS = (
    "&a ",
    "*a",
    "!x ",
    "---\n",
    "...\n",
    "%",
    "? ",
    ": ",
    "- ",
    "\n",
    "\n\n  ",
    "\t",
    "[[",
    "{{",
    "]}",
    ":,",
)
OTHERS = ('"', "'", "|", ">", ">#", "#", "\\x", "<<: ", "\ufeff", "\u2028", "🙂", "9" * 12, "key: |\n", "\r")
SPLICES = [chr(n).encode() for n in range(128)] + [text.encode() for text in SIGNS + OTHERS] + [b"\xff", b"\xc3"]


def mutations(seed: int, count: int) -> list[bytes]:
    """Broken versions of the sample, the same for the same seed."""
    chance = random.Random(seed)
    out = []
    for _ in range(count):
        data = bytearray(SAMPLE)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[at:at] = chance.choice(SPLICES)
                case 1:
                    data[at : at + chance.randint(1, 6)] = b""
                case 2:
                    data[at : at + 1] = chance.choice(SPLICES)
                case 3:
                    other = chance.randrange(len(data) + 1)
                    data[at:at] = data[other : other + chance.randint(1, 30)]
        out.append(bytes(data))
    return out


def test_no_bytes_do_worse_than_diagnostics() -> None:
    """Thousands of broken versions of a file all become a document whose diagnostics point into it."""
    broken = 0
    for data in mutations(1, 4000):
        document = read("fuzz.yaml", data)
        lines = document.text.split("\n")
        broken += bool(document.diagnostics)
        assert document.diagnostics or isinstance(document.value, dict)
        for problem in document.diagnostics:
            assert problem.code in CODES
            assert problem.span is not None
            assert 1 <= problem.span.line <= len(lines)
            assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
            assert problem.span.column < problem.span.end_column
            assert problem.render(lines[problem.span.line - 1])
    assert 1000 < broken < 4000


def test_both_loaders_agree_on_broken_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a file is accepted, and what it means, does not depend on the machine."""
    data = mutations(2, 600)
    fast = [read("fuzz.yaml", item) for item in data]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    pure = [read("fuzz.yaml", item) for item in data]
    for one, other in zip(fast, pure, strict=True):
        assert bool(one.diagnostics) == bool(other.diagnostics), one.text
        if not one.diagnostics:
            assert one.value == other.value
