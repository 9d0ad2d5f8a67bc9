"""Diagnostics and exceptions as a person, or another program, sees them."""

import pytest

from sim.errors import DetenteError, Diagnostic, SaveError, ScenarioError, Span, UsageError, suggest

SPAN = Span("caucasus.yaml", 41, 26, 34)
PROBLEM = Diagnostic("G102", "error", "`withdrawal` is never `breeched`", SPAN, "did you mean `breached`?")


def test_a_diagnostic_shows_the_line_with_a_caret_under_the_place() -> None:
    """The rendering has message, place, source line, caret and help, aligned."""
    shown = PROBLEM.render("    when: withdrawal is " + "  breeched")
    assert shown == (
        "error[G102]: `withdrawal` is never `breeched`\n"
        "  --> caucasus.yaml:41:26\n"
        "   |\n"
        "41 |     when: withdrawal is   breeched\n"
        "   |                          ^^^^^^^^\n"
        "   = help: did you mean `breached`?"
    )


def test_the_source_line_can_be_left_out() -> None:
    """Without the source line there is no caret, and the place still stands."""
    assert PROBLEM.render(None) == (
        "error[G102]: `withdrawal` is never `breeched`\n  --> caucasus.yaml:41:26\n   = help: did you mean `breached`?"
    )


def test_a_problem_without_a_place_is_two_lines() -> None:
    """What concerns no line of a file shows its message and its help."""
    shown = Diagnostic("S001", "warning", "there is no dossier `x`", None, "look in `seeds/`").render(None)
    assert shown == "warning[S001]: there is no dossier `x`\n  = help: look in `seeds/`"


@pytest.mark.parametrize(
    ("line", "column", "end", "blanks", "carets"),
    [
        ("title: Şuşa x", 13, 14, 12, 1),
        ("title: 外交 x", 11, 12, 12, 1),
        ("title: 外交", 8, 10, 7, 4),
        ("\ttitle: x", 9, 10, 8, 1),
        ("", 1, 2, 0, 1),
        ("a", 5, 6, 4, 1),
    ],
)
def test_the_caret_counts_cells_not_characters(line: str, column: int, end: int, blanks: int, carets: int) -> None:
    """Wide letters take two cells, a tab is shown as one blank, and a place beyond the line is no error."""
    shown = Diagnostic("Y001", "error", "m", Span("f", 1, column, end)).render(line)
    assert shown.split("\n")[-1] == "  | " + " " * blanks + "^" * carets


def test_a_hostile_line_cannot_disturb_the_terminal() -> None:
    """Escape sequences and direction marks of a file never reach the screen."""
    shown = Diagnostic("Y001", "error", "bad \x1b[31m\nline", Span("f\x07", 1, 1, 2), "\u202e").render("\x1b[2J\u2066")
    assert all(char.isprintable() or char == "\n" for char in shown.replace("�", ""))
    assert shown.count("\n") == 5


def test_a_very_long_line_is_cut_around_the_place() -> None:
    """A line of a million characters is shown as the part around the caret, which still points at it."""
    line = "a" * 500_000 + "X" + "b" * 500_000
    shown = Diagnostic("Y001", "error", "m", Span("f", 1, 500_001, 500_002)).render(line).split("\n")
    source, caret = shown[3], shown[4]
    assert len(source) < 200
    assert source[caret.index("^")] == "X"


def test_the_json_form_has_stable_keys() -> None:
    """Other programs find code, severity, place, message and help; a missing place is null."""
    assert PROBLEM.as_json() == {
        "code": "G102",
        "severity": "error",
        "path": "caucasus.yaml",
        "line": 41,
        "column": 26,
        "message": "`withdrawal` is never `breeched`",
        "help": "did you mean `breached`?",
        "end_column": 34,
        "also": [],
        "hidden": 0,
        "fix": None,
    }
    nowhere = Diagnostic("S001", "error", "m", None).as_json()
    assert (nowhere["path"], nowhere["line"], nowhere["column"]) == (None, None, None)


def test_a_scenario_error_is_one_sentence_and_all_diagnostics() -> None:
    """The sentence names the first error and counts the others; rendering shows each with its line."""
    warning = Diagnostic("G201", "warning", "always true", Span("a.yaml", 1, 1, 2))
    error = Diagnostic("Y002", "error", "`a` is given twice", Span("a.yaml", 2, 1, 2))
    failed = ScenarioError((warning, error, error), {"a.yaml": "a: 1\na: 2\n"})
    assert failed.sentence == "a.yaml:2:1: `a` is given twice (1 more)"
    assert failed.code == "Y002"
    assert failed.render().count("2 | a: 2") == 2
    assert "1 | a: 1" in failed.render()


@pytest.mark.parametrize("kind", [SaveError, UsageError])
def test_every_error_has_a_sentence_and_a_code(kind: type[DetenteError]) -> None:
    """What is raised on purpose is a DetenteError with a sentence, and a code even if none was given."""
    raised = kind("The save `x` cannot be opened.")
    assert raised.sentence == str(raised) == "The save `x` cannot be opened."
    assert raised.code
    assert kind("m", "D999").code == "D999"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("breeched", "did you mean `breached`? "), ("xyz", ""), ("", ""), ("breached", ""), ("b" * 5000, "")],
)
def test_a_suggestion_is_offered_only_if_it_is_near(word: str, expected: str) -> None:
    """A slip gets its word; what is far off, empty, endless or already right gets nothing."""
    assert suggest(word, ["observed", "breached"]) == expected
