"""report: the paper twin, its plan and its masked edition."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.report.paper import FACILITATOR, PLAYERS, Paper
from sim.report.plan import plan
from sim.scenario.load import Loaded, load, load_files
from sim.scenario.masked import masked
from sim.words.catalog import Catalog
from tests.serve.chromium import found as chromium

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FLAGSHIP, SMALL = SCENARIOS / "border-standoff-2021", SCENARIOS / "first-round"
VOID = {"meta", "br", "img", "hr", "link", "input", "col"}


class Reader(HTMLParser):
    """The text of a page, the tags left open, and whatever would be fetched or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.fetches: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "link", "img", "iframe", "object"):
            self.fetches.append(tag)
        self.fetches += [f"{name}={value}" for name, value in attrs if name in ("src", "srcset", "onclick")]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def flagship(loaded_flagship: Loaded) -> Loaded:
    """The flagship, loaded once."""
    return loaded_flagship


def sheets(found: Loaded, **more: object) -> dict[str, str]:
    """Its paper twin."""
    return Paper(Catalog(found.usable()[1]), found.files, {}, found.map, **more).sheets()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def printed(flagship: Loaded) -> dict[str, str]:
    """The flagship's paper twin."""
    return sheets(flagship)


@pytest.fixture(scope="module")
def short(flagship: Loaded) -> dict[str, str]:
    """The same with short briefs."""
    return sheets(flagship, short=True)


@pytest.fixture(scope="module")
def edition(flagship: Loaded) -> tuple[dict[str, str], Loaded]:
    """The masked edition: its files, and what is read from them."""
    files = masked(flagship)
    return files, load_files(files, "masked")


def test_every_sheet_is_a_whole_page_that_fetches_nothing(printed: dict[str, str]) -> None:
    """Tags close in order; no script, picture, style or frame comes from anywhere."""
    for name, page in printed.items():
        read = Reader(page)
        assert not read.open, name
        assert not read.crossed, name
        assert not read.fetches, name
        assert "@import" not in page, name
        assert "url(http" not in page, name


def test_the_index_names_every_sheet(printed: dict[str, str]) -> None:
    """And every sheet that it names exists."""
    assert set(re.findall(r'href="([^"]+)"', printed["index.html"])) == set(printed) - {"index.html"}


def test_a_delegation_holds_its_own_secrets_and_nobody_elses(flagship: Loaded, printed: dict[str, str]) -> None:
    """What stands in the confidential part of a brief is on that seat's packet and on no other sheet of the class."""
    from sim.play.briefs import brief

    scenario, bound = flagship.usable()
    told_on = {name: " ".join(Reader(page).text.split()) for name, page in printed.items() if name.startswith(PLAYERS)}
    for seat in bound.seats:
        confidential = brief(scenario, flagship.files, seat).confidential
        sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+", " ".join(confidential.split())) if len(s) > 40]
        assert sentences
        holders = {name for name, text in told_on.items() if any(told in text for told in sentences)}
        assert holders == {f"{PLAYERS}/packet-{seat}.html"}


def test_what_the_facilitator_alone_may_hold_lies_apart(printed: dict[str, str]) -> None:
    """Inject cards and the whole scenario are in the facilitator's folder; no sheet of the class tells an inject."""
    assert {f"{FACILITATOR}/guide.html", f"{FACILITATOR}/injects.html", f"{FACILITATOR}/whole.html"} <= set(printed)
    for name, page in printed.items():
        if name.startswith(PLAYERS):
            assert "Shepherds overdue" not in page, name
    assert "Shepherds overdue" in printed[f"{FACILITATOR}/injects.html"]


def test_red_lines_and_worth_stand_on_the_packet_alone(printed: dict[str, str]) -> None:
    """The public briefing has the clauses without what they are worth to anybody."""
    assert "red line" in printed[f"{PLAYERS}/packet-armenia.html"]
    assert "red line" not in printed[f"{PLAYERS}/public.html"]
    assert "Worth" not in printed[f"{PLAYERS}/public.html"]


def test_the_order_form_lists_every_move_of_its_seat_once(flagship: Loaded, printed: dict[str, str]) -> None:
    """Numbers run from 1 without a gap, and each of the author's moves of that seat is there."""
    from sim.report.forms import tiers

    _, bound = flagship.usable()
    catalog = Catalog(bound)
    for seat in bound.seats:
        rows = [row for tier in tiers(catalog, seat) for row in tier.rows]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        own = {m.id for m in bound.moves if m.seat == seat and not m.question and m.id in catalog.scenario.moves}
        assert {row.move for row in rows} == own
        form = Reader(printed[f"{PLAYERS}/orders-{seat}.html"]).text
        assert [row.title for row in rows if row.title not in form] == []


def test_a_short_brief_is_shorter_and_keeps_goals_and_red_lines(printed: dict[str, str], short: dict[str, str]) -> None:
    """Only the telling shrinks."""
    long = printed
    name = f"{PLAYERS}/packet-armenia.html"
    assert len(Reader(short[name]).text) < len(Reader(long[name]).text) - 800
    for kept in ("The posts leave", "Passage through Syunik without control"):
        assert kept in short[name]
        assert kept in long[name]


@pytest.mark.parametrize("path", [FLAGSHIP, SMALL], ids=lambda path: path.name)
def test_every_preset_fits_its_minutes(path: Path) -> None:
    """Briefing, rounds and debrief add up to the preset's minutes, and at least a fifth is left to the debrief."""
    catalog = Catalog(load(path).usable()[1])
    for name, preset in catalog.scenario.about.presets.items():
        found = plan(catalog, name)
        steps = [step for sitting in found.sittings for step in sitting]
        assert len(found.sittings) == preset.sittings
        assert sum(step.minutes for step in steps) == found.minutes == preset.minutes
        assert found.debrief * 5 >= found.minutes
        assert [step.title for step in steps if step.day] == [f"Round {n}" for n in range(1, preset.rounds + 1)]


def test_the_flagship_has_the_three_lessons(flagship: Loaded) -> None:
    """One hour, two double lessons, one day."""
    catalog = Catalog(flagship.usable()[1])
    told = {name: (plan(catalog, name).minutes, len(plan(catalog, name).sittings)) for name in ("hour", "double", "day")}
    assert told == {"hour": (60, 1), "double": (180, 2), "day": (360, 1)}


def test_an_unknown_preset_is_told_with_the_nearest(flagship: Loaded) -> None:
    """A sentence, no traceback."""
    with pytest.raises(UsageError, match="did you mean `double`"):
        plan(Catalog(flagship.usable()[1]), "duble")


def test_the_map_is_drawn_with_its_legend(printed: dict[str, str]) -> None:
    """Every view once, places by their neutral names, and whose drawing a line is."""
    page = printed[f"{PLAYERS}/map.html"]
    assert page.count("<figure>") == 3
    assert "Qaragöl/Sev Lich" in page
    assert "Yerevan and Baku differ over where it runs" in page


def test_a_scenario_without_map_draft_or_rubric_prints(tmp_path: Path) -> None:
    """The sheets that have nothing to say are left out."""
    files = {name: text for name, text in load(SMALL).files.items() if name in ("scenario.yaml", "par.yaml")}
    found = sheets(load_files(files, "small"))
    assert f"{PLAYERS}/map.html" not in found
    assert f"{PLAYERS}/rubric.html" not in found
    assert "sign" not in Reader(found[f"{PLAYERS}/orders-osk.html"]).text.split()


def test_the_guide_says_how_to_run_it_with_screens_and_with_one_laptop(printed: dict[str, str]) -> None:
    """Both ways are told, with buttons that the facilitator's page has."""
    from sim.serve.facilitator.page import TRIGGERS

    guide = printed[f"{FACILITATOR}/guide.html"]
    pages = "".join(page.read_text(encoding="utf-8") for page in (SCENARIOS.parent / "sim/serve/pages").glob("*.html"))
    pages += "".join(TRIGGERS.values())
    for heading in ("With a screen for each delegation", "With one laptop and paper"):
        assert heading in guide
    buttons = set(re.findall(r"<em>([A-Z][^<…]+)</em>", guide))
    assert {"Take it over", "Resolve the round"} <= buttons
    assert [button for button in buttons if button not in pages] == []


def test_a_long_day_says_that_breaks_are_not_counted(flagship: Loaded, printed: dict[str, str]) -> None:
    """The plan of an hour says nothing of breaks; that of six hours does, on the wall and in the guide."""
    for found, told in ((printed, False), (sheets(flagship, preset="day"), True)):
        for name in (f"{PLAYERS}/schedule.html", f"{FACILITATOR}/guide.html"):
            assert ("Breaks are not counted" in found[name]) is told, name


@pytest.mark.skipif(chromium() is None, reason="no Chromium: nothing here lays a page out on paper")
def test_sheets_fit_their_pages(short: dict[str, str], tmp_path: Path) -> None:
    """A short packet has three pages at most, and two order forms fill one."""
    longest = max((name for name in short if "packet-" in name), key=lambda name: len(short[name]))
    forms = short[f"{PLAYERS}/orders-armenia.html"].partition("<body>")[2].partition('<section class="page">')[0]
    # one browser for both: it takes longer to start than to print
    both = short[longest].replace("</body>", f'<section class="page">{forms}</section></body>')
    assert pages_of(both, tmp_path) <= 3 + 1


def pages_of(page: str, folder: Path) -> int:
    """On how many pages a browser prints it."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    subprocess.run([chromium() or "", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'page.pdf'}",
                    (folder / "page.html").as_uri()], check=True, capture_output=True, timeout=60)
    return len(re.findall(rb"/Type\s*/Page\b", (folder / "page.pdf").read_bytes()))


# -- the masked edition


def test_the_masked_edition_loads_clean_and_names_nobody(flagship: Loaded, edition: tuple[dict[str, str], Loaded]) -> None:
    """It is a scenario without problems in which no actor's or place's real name is left."""
    files, found = edition
    assert not found.diagnostics
    scenario, bound = flagship.usable()
    told = [name for seat in bound.seats for name in (
        seat, scenario.actors[seat].name, scenario.actors[seat].capital, scenario.actors[seat].adjective)]
    told += [part for place in scenario.names.values() for name in (place.house, *place.names.values())
             for part in re.split(r"[/–]", name)]
    whole = "\n".join([*files, *files.values(), *sheets(found).values()])
    assert [name for name in told if name in whole and re.search(rf"\b{re.escape(name)}\b", whole)] == []


def test_the_masked_edition_keeps_the_rules(flagship: Loaded, edition: tuple[dict[str, str], Loaded]) -> None:
    """As many moves, rules, endings and variables, with the same numbers."""
    from sim.play import game_of

    real, other = game_of(flagship), game_of(edition[1])
    assert len(other.moves) == len(real.moves)
    assert [move.cost for move in other.moves] == [move.cost for move in real.moves]
    assert other.start == real.start
    assert len(other.endings) == len(real.endings)


def test_a_name_that_would_show_is_refused(flagship: Loaded) -> None:
    """An edition that forgets a capital is not made."""
    lacking = {**flagship.files, "masked.yaml": flagship.files["masked.yaml"].replace("  Baku: Durev\n", "")}
    with pytest.raises(UsageError, match="would show “Baku”"):
        masked(load_files(lacking, "lacking"))
