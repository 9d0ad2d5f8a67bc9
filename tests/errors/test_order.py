"""A report in the order in which its reader should mend it, with equal problems told once, and fixes as data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.errors import Diagnostic, Edit, Fix, Span, arranged, certain, edited, nearest
from sim.errors.suggestion import one_slip


def told(code: str, line: int, message: str = "", path: str = "a.yaml", severity: str = "error", fix: Fix | None = None) -> Diagnostic:
    """A problem on a line."""
    return Diagnostic(code, severity, message or f"{code} {line}", Span(path, line, 1, 2), "", fix)  # type: ignore[arg-type]


def test_errors_come_before_warnings_and_causes_before_what_may_follow() -> None:
    """Then file and line decide; what has no place comes first among its kind."""
    found = [told("W001", 1, severity="warning"), told("R001", 2), told("M001", 9), told("R001", 1, path="b.yaml"),
             told("Y001", 12), told("E001", 1), Diagnostic("S001", "error", "nowhere", None)]
    codes = [(d.code, d.span.line if d.span else 0) for d in arranged(found)]
    assert codes == [("Y001", 12), ("M001", 9), ("S001", 0), ("E001", 1), ("R001", 2), ("R001", 1), ("W001", 1)]
    assert arranged(arranged(found)) == arranged(found)


def test_equal_problems_are_one_with_all_places() -> None:
    """In text and in JSON every place can be found; the fix mends them all."""
    fix = {n: Fix("write `b`", (Edit(Span("a.yaml", n, 1, 2), "b"),)) for n in (3, 7, 9)}
    found = [told("R001", n, "no `a`", fix=fix[n]) for n in (9, 3, 7)] + [told("R001", 4, "no `c`"), told("G101", 40, "no `a`", "b.yaml")]
    one, other = arranged(found)
    assert (one.span, [s.line for s in one.also]) == (Span("a.yaml", 3, 1, 2), [7, 9, 40])
    assert other.also == ()
    assert one.render("x").endswith("= also at lines 7 and 9; line 40 of b.yaml")
    assert [place["line"] for place in one.as_json()["also"]] == [7, 9, 40]
    # one of the four has no fix, so that mending the three is what the first offers
    assert one.fix == fix[3]
    (whole,) = arranged(found[:3])
    assert whole.fix is not None
    assert [e.span.line for e in whole.fix.edits] == [3, 7, 9]


def test_what_follows_is_counted() -> None:
    """The reader knows that more was found."""
    first = Diagnostic("R090", "error", "x", Span("a", 1, 1, 2), "did you mean `y`? write it", hidden=12)
    assert first.render(None).endswith("= 12 other problems come from this one and are left out")
    assert "= help: did you mean `y`? Write it" in first.render(None)
    assert first.as_json()["hidden"] == 12


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", max_size=6))
def test_a_slip_goes_both_ways(one: str, other: str) -> None:
    """And is what an edit of one letter, or a swap of two, can do."""
    assert one_slip(one, other) == one_slip(other, one)
    assert not one_slip(one, one)
    around = {one[:n] + one[n + 1:] for n in range(len(one))} | {one[:n] + c + one[n:] for n in range(len(one) + 1) for c in "abc"}
    around |= {one[:n] + c + one[n + 1:] for n in range(len(one)) for c in "abc"}
    around |= {one[:n] + one[n + 1] + one[n] + one[n + 2:] for n in range(len(one) - 1)}
    assert one_slip(one, other) == (other in around - {one})


def test_only_what_is_meant_beyond_doubt_is_certain() -> None:
    """One slip away from one word alone; clearly nearer than any other; never a word of two letters."""
    assert certain("tenson", ["tension", "tenure"]) == "tension"
    assert certain("lane", ["lanes", "land"]) is None
    assert certain("breeched", ["breached", "observed"]) == "breached"
    assert certain("demand_withdrawl_now", ["demand_withdrawal_now", "other"]) == "demand_withdrawal_now"
    assert certain("xy", ["xyz"]) is None
    assert certain("speech", ["statements", "measures"]) is None
    assert nearest("oks", ["osk", "velmora"]) == "osk"
    assert nearest("east", ["seats", "north"]) is None


def test_edits_change_their_places_alone() -> None:
    """Places that touch the same words count once; a line can go as a whole."""
    edits = [Edit(Span("a", 1, 3, 4), "X"), Edit(Span("a", 1, 3, 4), "X"), Edit(Span("a", 2, 1, 3), None), Edit(Span("a", 3, 1, 1), "> ")]
    assert edited("ab c\nde\nfg\n", edits) == "abXc\n> fg\n"
