"""`detente host` before anybody comes: presets, the rehearsal, the masked edition, sources, what is printed first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.command import detente
from sim.cli.verbs.host import Wish, _lesson
from sim.errors import UsageError
from sim.lesson import FACILITATOR, Lesson, Plan
from sim.report.plan import plan, presets
from sim.serve.running import opening
from sim.words.catalog import Catalog
from tests.lesson.classes import flagship
from tests.play.players import FIRST_ROUND, first_round
from tests.serve.people import classroom

FLAGSHIP = FIRST_ROUND.parent / "border-standoff-2021"


def run(*words: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    result = CliRunner().invoke(detente, ["host", *words])
    return result.exit_code, result.output + str(result.exception or "")


def test_presets_are_the_scenarios_own_and_the_same_as_on_paper():
    """What the verb lists, plans and prints on the sheets comes from one place."""
    code, out = run(str(FLAGSHIP), "--preset", "?")
    assert code == 0
    catalog = Catalog(flagship().usable()[1])
    for id in presets(catalog.scenario):
        paper, mine = plan(catalog, id), Wish(id).plan(flagship())
        assert (mine.until, mine.minutes, mine.debrief) == (paper.rounds, paper.round_minutes, paper.debrief)
        assert re.search(rf"{id} .*{paper.minutes} minutes", out)
    with pytest.raises(UsageError, match="no preset `fortnight`; it has hour, double, day"):
        Wish("fortnight").plan(flagship())


def test_what_is_said_goes_before_the_preset():
    """Minutes, tables, seats that nobody sits at."""
    made = Wish("hour", 0, "3", 2, "hard", "pass").plan(flagship())
    assert (made.minutes, made.until, made.tables, made.level, made.absent, made.briefing) == (None, 3, 2, "hard", "pass", 10)


def test_a_rehearsal_tells_stage_by_stage_what_the_class_will_see():
    """With the minute of each, on the terminal and as data; nothing is written and nothing is hosted."""
    code, out = run(str(FIRST_ROUND), "--rehearse")
    assert code == 0
    data = json.loads(run(str(FIRST_ROUND), "--rehearse", "--json")[1])
    rounds = data["tables"][0]["rounds"]
    for it in rounds:
        assert f"0:{it['at']:02d}  Round {it['round']}, {it['date']}" in out
        assert it["news"]
    assert data["minutes"] == 4 + 3 * len(rounds)
    assert f"Debrief, {data['debrief']} minutes" in out
    assert f"The end: {data['tables'][0]['ending']}" in out


def test_the_masked_edition_is_hosted_and_kept(tmp_path: Path):
    """None of the real names is in what the class gets; the file goes on without the scenario."""
    path = tmp_path / "m.detente"
    lesson, _ = _lesson(str(FLAGSHIP), path, Wish(), 1, (), masked=True)
    names = [seat.status.name for seat in lesson.control_room(FACILITATOR).tables[0].seats]
    lesson.close_file()
    assert not {"Yerevan", "Baku", "Moscow"} & set(names)
    again, _ = _lesson(str(path), None, Wish(), None, (), masked=False)
    assert [seat.status.name for seat in again.control_room(FACILITATOR).tables[0].seats] == names
    again.close_file()


def test_who_says_so_works_in_class_and_after_a_restart(tmp_path: Path):
    """A seat's desk knows the claims behind its news, from the scenario's dossiers."""
    path = tmp_path / "l.detente"
    for scenario in (str(FLAGSHIP), str(path)):
        lesson, _ = _lesson(scenario, path if scenario != str(path) else None, Wish(), None, (), masked=False)
        desk = lesson.desk(FACILITATOR, "armenia", 1)
        cited = next(line.source for line in desk.wire() if line.source and line.source != ("invented",))
        assert all(line.outlet and line.dossier for line in desk.sources(cited))
        lesson.close_file()


def test_a_plan_is_not_forced_on_a_lesson_that_has_one(tmp_path: Path):
    """Options of a new lesson with the file of an old one are refused, and the file is left alone."""
    path = tmp_path / "l.detente"
    Lesson.new(first_round(), Plan(), path=path)[0].close_file()
    before = path.read_bytes()
    code, out = run(str(path), "--tables", "3")
    assert code != 0
    assert "goes on by its own plan" in out
    assert path.read_bytes() == before


async def test_the_first_lines_hold_all_that_a_teacher_needs() -> None:
    """Address, words that work, the secret, and a code with a link for every seat at every table; in this order."""
    async with classroom(plan=Plan("t", until=3, minutes=4, tables=2)) as room:
        words = room.host.way_in.offer(room.secret, here=True)
        told = opening(room.host, room.secret, words, picture=True)
        text = "\n".join(told)
        assert "3 rounds of 4 minutes at 2 tables, after a briefing of 10 minutes." in text
        assert text.index(words) < text.index(room.secret) < text.index("Join at:") < text.index("Next:")
        rows = [line.strip() for line in text.splitlines() if set(line) & set("█▀▄")]
        # a picture for phones: as wide as it is high, two modules in a row of signs
        assert 2 * len(rows) - 3 <= len(rows[0]) <= 2 * len(rows)
        for table in (1, 2):
            for seat in (*room.lesson.seats, "observer"):
                shown = [line for line in told if f"/j/{room.code(seat, table)}" in line]
                assert len(shown) == 1
                assert f"table {table}" in shown[0]
        assert all(len(line) <= 120 for line in text.splitlines() if "Kept in" not in line)
