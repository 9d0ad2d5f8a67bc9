"""`check --fix`: what is mended, that nothing else changes, and that no file is ever lost or made worse."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.authoring.fixes import applying as fixes
from sim.authoring.fixes.applying import Mended, difference, mend, replace_file, rewritten
from sim.cli.verbs.check import checked_files, command
from sim.errors import Diagnostic, Edit, Fix, Span, Structure, UsageError
from tests.conftest import SCENARIOS
from tests.scenario.broken.reports import FILES
from tests.scenario.mutations import mutator

TEXT = (SCENARIOS / "first-round" / "scenario.yaml").read_text("utf-8")
LABEL = "mine.yaml"


def check(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """What is wrong with a scenario of one file."""
    return checked_files(files, LABEL).diagnostics


def mended(data: str | bytes) -> Mended:
    """The file with its sure fixes made."""
    return mend({"scenario.yaml": data.encode() if isinstance(data, str) else data}, {LABEL: "scenario.yaml"}, check)


def broken(*pairs: tuple[str, str]) -> str:
    """The scenario with some words exchanged."""
    text = TEXT
    for right, wrong in pairs:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    return text


SURE: list[tuple[str, str]] = [
    # what stands there, and the slip that is mended back to it
    ("tier: statements, group: press", "tire: statements, group: press"),
    ("tier: statements, group: press", "tier: statement, group: press"),
    ("code: VEL", "code: vel"),
    ("by: osk, tier: measures, group: offer, when", "by: oskk, tier: measures, group: offer, when"),
    ("change: {lanes: 1, tension: 12", "change: {lanse: 1, tension: 12"),
    ("  tension: {start: 50", "  tensoin: {start: 50"),
    ("  velmora:\n    name", "  velmroa:\n    name"),
    ("binds: [osk], status: questioned", "binds: [osk], status: questoned"),
    ("phases:\n  start: quarrel", "phases:\n  start: quarel"),
    ("when: met and tension < 70}", "when: met and tenson < 70}"),
    ("chance: likely", "chance: likley"),
    ("when: lanes < 2", "when: lanes ≤ 2"),
    ("when: met and lanes > 0", "when: met && lanes > 0"),
    ("when: met and lanes > 0", "when: met AND lanes > 0"),
    ("when: lanes == 2}", "when: lanes = 2}"),
    ("tension: 5..10", "tension: 10..5"),
    ('start: "2030-03-01"', 'start: "2030/3/1"'),
    ("    name: Velmora\n    code: VEL", "\t\tname: Velmora\n\t\tcode: VEL"),
    ('    attention: 2\n    brief: "# Public\\nOsk', '    attention: 2\n    attention: 2\n    brief: "# Public\\nOsk'),
    ("title: First Round\n", "title:First Round\n"),
    ('text: "Traffic flows, and each side says that this was its idea."}', "text: Traffic flows, and each side says that this was its idea.}"),
    ('text: "Traffic flows, and each side says that this was its idea."}', 'text: "Traffic flows, and each side says that this was its idea.”}'),
    ('dispatch: "{actor} protests against the conduct of {target}."', "dispatch: {actor} protests against the conduct of {target}."),
    ("    name: Velmora\n", "\tname: Velmora\n"),
    ("    name: Velmora\n", "\u00a0\u00a0 \u00a0name:\u202fVelmora\n"),
    ("when: met and lanes > 0", "when: met == yes and lanes > 0"),
    ("opens: talks, dispatch", "opens: [talks], dispatch"),
    ("tension: {start: 50", "tension: {start: 50 %"),
    ("change: {tension: -7}", "change: {tension: –7}"),
    ('start: "2030-03-01"', 'start: "1 March 2030"'),
    ("seats: [velmora, osk]", "seats: velmora"),
    ("seats: [velmora, osk]", "seats: velmora, osk"),
    ("change: {lanes: 1, tension: 12", "change: {lanes:1, tension: 12"),
    ("change: {lanes: 1, tension: 12", "change: {lanes +1, tension: 12"),
    ("set: {met: true", "set: {met: yes"),
    ("step: 1 days", "step: 1 week"),
    ("format: 1\n", ""),
]
FAR = {"when: lanes ≤ 2": "when: lanes <= 2", "seats: velmora": "seats: [velmora]",
       "change: {lanes +1, tension: 12": "change: {lanes: +1, tension: 12", "step: 1 week": "step: 7 days"}
"""Slips that are mended to something else than what stood there."""


@pytest.mark.parametrize(("right", "wrong"), SURE, ids=[wrong[:40].strip() or right[:9] for right, wrong in SURE])
def test_a_sure_slip_is_mended_and_nothing_else_changes(right: str, wrong: str) -> None:
    """The file is what it was before the slip, to the byte; comments are where they were."""
    done = mended(broken((right, wrong)))
    wanted = broken((right, FAR.get(wrong, right)))
    if right == "format: 1\n":
        # where it stood is not known; it begins the file
        wanted = "format: 1\n" + TEXT.replace("format: 1\n", "", 1)
    assert done.files["scenario.yaml"].decode() == wanted
    assert len(done.done) == 1
    assert not [d for d in done.left if d.severity == "error"]


def test_slips_that_hide_each_other_are_mended_in_turn() -> None:
    """A file that is not YAML, a misspelt key, and two foreign signs in one condition."""
    text = broken(("title: First Round\n", "title: Round one: the bridge\n"), ("code: OSK", "coed: OSK"),
                  ("when: met and lanes > 0", "when: !met && lanes = 0"))
    done = mended(text)
    wanted = broken(("title: First Round\n", 'title: "Round one: the bridge"\n'), ("when: met and lanes > 0", "when: not met and lanes == 0"))
    assert done.files["scenario.yaml"].decode() == wanted
    assert {d.code for d, _ in done.done} == {"Y015", "Y004", "M001", "G006", "G005"}
    assert not done.refused


def test_a_section_pasted_twice_is_put_together() -> None:
    """Its entries, with their comments, go below those of the first; where one stands in both nothing is done."""
    entry = "  # for the debrief\n  noise: {start: 4, text: How loud it is.}\n"
    below = TEXT.index("flags:")
    done = mended(f"{TEXT}tracks:\n{entry}")
    assert done.files["scenario.yaml"].decode() == TEXT[:below].rstrip() + "\n" + entry + TEXT[len(TEXT[:below].rstrip()) + 1:]
    assert not [d for d in done.left if d.severity == "error"]
    taken = TEXT + "tracks:\n  tension: {start: 4, text: Another.}\n"
    left = mended(taken)
    assert left.files["scenario.yaml"].decode() == taken
    assert "`tension` stands in both" in next(d.help for d in left.left if d.code == "Y002")


def test_a_fix_that_would_not_be_made_is_not_advertised(tmp_path: Path) -> None:
    """`check` says that `--fix` can mend something only if it would."""
    file = tmp_path / "mine.yaml"
    for spaces, said in ((" ", True), ("   ", False)):
        file.write_text(broken(("seats: [velmora, osk]", "seats: velmora"), ("minutes: {", f"minutes:{spaces}{{")), encoding="utf-8")
        assert ("can mend it" in CliRunner().invoke(command, [str(file)]).output) == said


UNSURE: list[tuple[str, str]] = [
    ("by: osk, tier: measures, group: offer, when", "by: os, tier: measures, group: offer, when"),
    ("cost: 1, change", "cost: one, change"),
    ("gesture: {title: A conciliatory gesture, by", "gesture: {by"),
    ("bridge: {weight: 60", "bridge: {weight: 50"),
    ("when: lanes < 2", "when: lanes / 2 < 2"),
    ("lanes: {start: 1, max: 2", "lanes: {start: 3, max: 2"),
    ("code: OSK", "code: OSK\n    code: OKS"),
    ("  osk:\n    name: Osk", "   osk:\n    name: Osk"),
]


@pytest.mark.parametrize(("right", "wrong"), UNSURE, ids=[wrong[:40].strip() for _, wrong in UNSURE])
def test_what_is_not_sure_is_left_to_its_author(right: str, wrong: str) -> None:
    """No fix, no change, and the problem is still told."""
    text = broken((right, wrong))
    done = mended(text)
    assert done.files["scenario.yaml"].decode() == text
    assert not done.done
    assert [d for d in done.left if d.severity == "error"]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_no_file_of_the_corpus_gets_worse(file: Path) -> None:
    """Fixes never bring up an error that was not there, and leave whatever they do not speak of."""
    data = file.read_bytes()
    before = check({"scenario.yaml": data})
    done = mended(data)
    after = done.files["scenario.yaml"]
    assert (after == data) == (not done.done)
    assert len([d for d in done.left if d.severity == "error"]) <= max(1, len([d for d in before if d.severity == "error"])) \
        or any(d.code[0] in "YM" for d in before)
    kept = [line for line in data.split(b"\n") if line in after.split(b"\n")]
    touched = {e.span.line for _, fix in done.done for e in fix.edits} | {0 for _, fix in done.done if fix.structure}
    assert len(kept) >= len(data.split(b"\n")) - len(touched) - 1


def test_misspelt_words_are_mended_to_a_scenario_that_agrees_with_itself() -> None:
    """Of random slips in names, nearly all that have a fix give back the file as it was; none makes it worse."""
    back = tried = 0
    names = {"first-round": "scenario.yaml"}
    files = {name: (SCENARIOS / "first-round" / name).read_bytes() for name in ("map.yaml", "map.json", "par.yaml")}
    for it in mutator("first-round", "scenario.yaml").mutations(11, 40, ("misspelt name",)):
        found = checked_files({"scenario.yaml": it.text.encode(), **files}, "first-round").diagnostics
        done = mend({"scenario.yaml": it.text.encode(), **files}, names,
                    lambda now: checked_files(now, "first-round").diagnostics)
        assert len(done.left) <= len(found)
        if done.done:
            tried += 1
            back += done.files["scenario.yaml"].decode() == TEXT
    assert tried > 25
    assert back >= 0.9 * tried


# -- bytes


LINE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff"), max_size=12)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(LINE, st.sampled_from(["\n", "\r\n", "\r"])), min_size=1, max_size=6), LINE, st.booleans(), st.data())
def test_every_byte_outside_the_replaced_places_stays(rows: list[tuple[str, str]], last: str, mark: bool, data: st.DataObject) -> None:
    """Whatever the line ends, the letters and the mark at the beginning; checked against cutting the bytes by hand."""
    # a line that is empty between a return and a newline would be one line end
    rows = [(text or "x", end) for text, end in rows]
    lines = [text for text, _ in rows] + [last]
    spans, pieces = [], []
    for number, text in enumerate(lines, 1):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        new = data.draw(st.none() | st.text("abc é", max_size=4))
        if new is None:
            pieces.append(text)
        else:
            spans.append(Edit(Span("x", number, start + 1, end + 1), new))
            pieces.append(text[:start] + new + text[end:])
    ends = [end for _, end in rows] + [""]
    before = "".join(text + end for text, end in zip(lines, ends, strict=True))
    after = "".join(text + end for text, end in zip(pieces, ends, strict=True))
    head = b"\xef\xbb\xbf" if mark else b""
    assert rewritten(head + before.encode(), spans) == head + after.encode()


def test_a_line_that_goes_takes_its_end_with_it() -> None:
    """Also where lines end as on Windows, and at the end of the file."""
    gone = Edit(Span("x", 2, 1, 2), None)
    assert rewritten(b"a\nb\nc\n", [gone]) == b"a\nc\n"
    assert rewritten(b"a\r\nb\r\nc", [gone]) == b"a\r\nc"
    assert rewritten(b"a\nb", [gone]) == b"a\n"


# -- structure


ENDING = """\
  late:   # when nothing else holds
    title: Still a quarrel   # or not

    # read at the end
    text: >-
      The five days are over
      and the quarrel is not."""
STRUCTURAL = [('  quarrel: {title: Still a quarrel, otherwise: true, text: "The five days are over and the quarrel is not. '
               'Each side keeps its own account of the bridge and its repairs."}', ENDING)]


def test_a_missing_key_is_added_and_comments_stay() -> None:
    """`otherwise: true` for a last ending that has no condition."""
    pytest.importorskip("ruamel.yaml")
    text = broken(*STRUCTURAL)
    done = mended(text)
    assert [d.code for d, _ in done.done] == ["R050"]
    after = done.files["scenario.yaml"].decode()
    assert after.replace("    otherwise: true\n", "", 1) == text
    assert not [d for d in done.left if d.severity == "error"]


def test_an_entry_is_taken_out_of_a_list() -> None:
    """A dossier that nothing cites, from among commented ones; Windows line ends stay."""
    pytest.importorskip("ruamel.yaml")
    from sim.authoring.fixes.structure import restructured

    data = b"# top\r\ndossiers:  # ours\r\n  - one  # first\r\n  - two\r\n  - three  # last\r\nmoves: {a: 1}\r\n"
    after = restructured(data, Structure("remove", "x", ("dossiers", 1)))
    assert after == data.replace(b"  - two\r\n", b"")


def test_what_cannot_be_rewritten_faithfully_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block whose layout ruamel.yaml would change, and a machine without it: a sentence each, and no change."""
    from sim.authoring.fixes.structure import NotPossibleError, restructured

    odd = b"endings:\n  late:   {title:   Late,\n     text: Late.}\n"
    with pytest.raises(NotPossibleError, match="by hand"):
        restructured(odd, Structure("add", "x", ("endings", "late"), "otherwise", value=True))
    monkeypatch.setitem(sys.modules, "ruamel", None)
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    text = broken(*STRUCTURAL)
    done = mended(text)
    assert done.files["scenario.yaml"].decode() == text
    ((problem, why),) = done.refused
    assert problem.code == "R050"
    assert "detente[fix]" in why


# -- the command


def run(*args: str | Path) -> Result:
    """`detente check`, in this process."""
    return CliRunner().invoke(command, [str(a) for a in args], prog_name="detente check")


def wrong(folder: Path, *, bom: bool = False, crlf: bool = False) -> tuple[Path, bytes]:
    """A scenario with a slip, and what it should be."""
    file = folder / "mine.yaml"
    text = broken(("tier: statements, group: press", "tire: statements, group: press"))
    right = TEXT
    if crlf:
        text, right = text.replace("\n", "\r\n"), right.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if bom else b""
    file.write_bytes(mark + text.encode())
    return file, mark + right.encode()


@pytest.mark.parametrize(("bom", "crlf"), [(False, False), (True, True)])
def test_fix_writes_the_file_and_shows_what_changed(bom: bool, crlf: bool, tmp_path: Path) -> None:
    """A short diff, the report of what is left, exit 0."""
    file, right = wrong(tmp_path, bom=bom, crlf=crlf)
    done = run("--fix", file)
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == right
    assert re.search(r"^ +\d+ -   protest: \{.*tire: statements", done.output, re.MULTILINE)
    assert re.search(r"^ +\d+ \+   protest: \{.*tier: statements", done.output, re.MULTILINE)
    assert "no problems" in done.output
    again = run("--fix", file)
    assert again.exit_code == 0
    assert file.read_bytes() == right
    assert "protest" not in again.output


def test_a_report_says_that_fix_can_help(tmp_path: Path) -> None:
    """And without it nothing is written."""
    file, _ = wrong(tmp_path)
    before = file.read_bytes()
    done = run(file)
    assert done.exit_code == 1
    assert "`detente check --fix` can mend it." in done.output
    assert file.read_bytes() == before


def test_the_json_form_holds_the_fixes(tmp_path: Path) -> None:
    """Without --fix what could be done, with it what was done."""
    file, right = wrong(tmp_path)
    told = json.loads(run(file, "--json").output)["diagnostics"]
    (fix,) = [d["fix"] for d in told if d["fix"]]
    assert fix["title"] == "write `tier` instead of `tire`"
    assert [set(e) for e in fix["edits"]] == [{"path", "line", "column", "end_column", "text"}]
    answer = json.loads(run("--fix", "--json", file).output)
    assert answer["diagnostics"] == []
    assert [it["title"] for it in answer["fixed"]] == ["write `tier` instead of `tire`"]
    assert answer["not_fixed"] == []
    assert file.read_bytes() == right


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of POSIX")
def test_links_and_permissions_stay(tmp_path: Path) -> None:
    """The file behind a link is written; the link is a link, and who may read the file may read it still."""
    (tmp_path / "real").mkdir()
    file, right = wrong(tmp_path / "real")
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    assert run("--fix", link).exit_code == 0
    assert link.is_symlink()
    assert file.read_bytes() == right
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir()] == ["mine.yaml"]


def test_a_failure_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever step fails: the old bytes are there, nothing lies beside them, and a sentence says so."""
    file, _ = wrong(tmp_path)
    before = file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "chmod")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fail)
            with pytest.raises(UsageError, match="No space left") as caught:
                replace_file(file, b"new", before)
        assert caught.value.code == "D355"
        assert file.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    """An editor may have saved it between reading and writing."""
    file, _ = wrong(tmp_path)
    with pytest.raises(UsageError, match="changed meanwhile"):
        replace_file(file, b"new", b"what it was before")
    assert file.read_bytes() != b"new"


def test_what_came_with_detente_is_not_changed(tmp_path: Path) -> None:
    """A sentence says what to do instead."""
    (tmp_path / "_bundled").mkdir()
    file, _ = wrong(tmp_path / "_bundled")
    before = file.read_bytes()
    done = run("--fix", file)
    assert isinstance(done.exception, UsageError)
    assert done.exception.code == "D355"
    assert "copy" in done.exception.sentence
    assert file.read_bytes() == before


def test_a_fix_that_would_do_harm_is_not_made() -> None:
    """What is told as a fix and brings up another error leaves the file as it is, and says so."""
    data = {"scenario.yaml": b"a: 1\n"}
    first = Diagnostic("R001", "error", "`a` is wrong", Span("x", 1, 1, 2), "", Fix("write `b`", (Edit(Span("x", 1, 1, 2), "b"),)))
    second = Diagnostic("R002", "error", "`b` is worse", Span("x", 1, 1, 2))
    done = mend(data, {"x": "scenario.yaml"}, lambda files: (first,) if files["scenario.yaml"] == b"a: 1\n" else (second,))
    assert done.files == data
    assert not done.done
    assert [why for _, why in done.refused] == ["with it the file would not be better; mend it by hand"]


def test_fixes_that_never_end_end() -> None:
    """A report that always has one more fix is left after some passes."""
    def endless(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
        here = Span("x", files["s"].count(b"\n") + 1, 1, 1)
        return (Diagnostic("Y009", "error", f"{here.line}", here, "", Fix("write more", (Edit(here, "x\n"),))),)

    assert len(mend({"s": b""}, {"x": "s"}, endless).done) == fixes.MOST_PASSES


def test_what_a_fix_leaves_wrong_on_its_line_undoes_it() -> None:
    """Slips that hide each other are mended together or not at all; elsewhere a fix may bring hidden ones to light."""
    def told(line: int, code: str, text: bytes, *, fix: bool = True) -> Diagnostic:
        place = Span("x", line, 1, 2)
        return Diagnostic(code, "error", f"not {text!r}", place, "", Fix("go on", (Edit(place, chr(text[0] + 1)),)) if fix else None)

    def chain(files: Mapping[str, bytes], last: bytes, line: int) -> tuple[Diagnostic, ...]:
        now = files["s"][:1]
        return () if now == b"e" else (told(1, "Y001", now),) if now < last else (told(line, "M001", now, fix=False),)

    for last, line, after in ((b"z", 1, b"e\n\n"), (b"c", 1, b"a\n\n"), (b"c", 2, b"c\n\n")):
        done = mend({"s": b"a\n\n"}, {"x": "s"}, lambda files, last=last, line=line: chain(files, last, line))  # type: ignore[misc]
        assert done.files["s"] == after
        assert bool(done.refused) == (after[:1] == b"a")


def test_the_difference_names_lines_and_no_more() -> None:
    """Lines that stay are not shown."""
    shown = difference("mine.yaml", b"a\nb\nc\n", b"a\nB\nc\nd\n")
    assert shown.splitlines() == ["mine.yaml:", "      2 - b", "      2 + B", "      4 + d"]
