"""The dossiers of `seeds/` load, hold every claim once and copy nothing; and what reading reports."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.scenario.dossier import Claim, Dossier, claims_of, load_dossiers

REPOSITORY = Path(__file__).parents[2]
SEEDS = REPOSITORY / "seeds"
ARTICLES = REPOSITORY.parent / "shared" / "sources"
ACTORS = {
    "armenia", "azerbaijan", "russia", "france", "united_states", "turkey", "un_security_council", "csto",
    "minsk_group", "european_union", "georgia", "nagorno_karabakh",
}  # fmt: skip
RUN = 8

SMALL = """\
id: gazette-2021-05-14
title: A short piece
outlet: The Gazette
kind: outside
date: 2021-05-14
claims:
  S1a:
    says: A meeting took place.
    speaker: the outlet
    date: 2021-05-13
    status: reported
"""


@pytest.fixture(scope="module")
def shipped() -> dict[str, Dossier]:
    """Every dossier of the repository; the module's tests rest on their having no problem."""
    dossiers, problems = load_dossiers(SEEDS, sorted(file.stem for file in SEEDS.glob("*.yaml")))
    assert [item.render(None) for item in problems] == []
    return dossiers


def words(text: str) -> list[str]:
    """Lower-cased words without punctuation."""
    return re.sub(r"[^\w\s]", " ", re.sub(r"['’]", "", text.lower())).split()


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight consecutive words."""
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def article(dossier: Dossier) -> bytes:
    """Read the text of an article, which is not part of the repository."""
    file = ARTICLES / (dossier.seed or "")
    if not file.is_file():
        pytest.skip("the five article texts are not in the repository and not beside it either")
    return file.read_bytes()


def write(folder: Path, name: str, text: str) -> None:
    """Put a dossier file into a folder."""
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


# --- what is shipped ---


def test_every_claim_of_the_ledger_stands_exactly_once(shipped: dict[str, Dossier]) -> None:
    """C01 to C90, N1 to N9 and J1 to J4 exist, each in one dossier of the right kind."""
    where = {
        kind: Counter(name for item in shipped.values() if item.kind == kind for name in item.claims)
        for kind in ("article", "statement")
    }
    assert where["article"] == Counter(f"C{number:02}" for number in range(1, 91))
    assert where["statement"] == Counter(
        [f"N{number}" for number in range(1, 10)] + [f"J{number}" for number in range(1, 5)]
    )


def test_every_source_number_has_a_dossier_and_claims_carry_it(shipped: dict[str, Dossier]) -> None:
    """Sources 1 to 54 are all there, and a claim `S12a` stands in a dossier of source 12."""
    assert {item.number for item in shipped.values() if item.number} == set(range(1, 55))
    for dossier in shipped.values():
        for name in dossier.claims:
            if found := re.fullmatch(r"S([0-9]+)[a-z]", name):
                assert int(found[1]) == dossier.number, name


def test_claims_refer_only_to_what_exists(shipped: dict[str, Dossier]) -> None:
    """Denials name claims of the actor that denies, `also` names dossiers, and actors are known."""
    claims = claims_of(shipped)
    for name, (claim, dossier) in claims.items():
        assert set(claim.also) <= set(shipped) - {dossier.id}, name
        assert set(claim.actors) <= ACTORS, name
        assert claim.by is None or claim.by in claim.actors, name
        for actor, denial in claim.disputed_by.items():
            assert actor != claim.by, name
            assert not denial or claims[denial][0].by == actor, name


def test_a_disputed_claim_never_stands_as_plain_fact(shipped: dict[str, Dossier]) -> None:
    """What somebody denies is said by a named speaker, or carries a note that says who holds otherwise."""
    for name, (claim, _) in claims_of(shipped).items():
        if claim.disputed_by and claim.speaker == "the outlet":
            assert claim.note, name


@pytest.mark.parametrize("name", ["C12", "C13", "C14", "C15", "C21", "C24", "C46", "C69", "C84"])
def test_doubtful_claims_say_what_is_doubtful(shipped: dict[str, Dossier], name: str) -> None:
    """The claims that the research calls doubtful, one-sided or compressed carry a note."""
    assert claims_of(shipped)[name][0].note


def test_both_parties_speak(shipped: dict[str, Dossier]) -> None:
    """Neither party is heard through the other alone: both have claims of their own in many dossiers."""
    spoken = Counter(
        claim.by for item in shipped.values() for claim in {c.by: c for c in item.claims.values()}.values()
    )
    assert min(spoken["armenia"], spoken["azerbaijan"]) >= 15
    assert max(spoken["armenia"], spoken["azerbaijan"]) <= 2 * min(spoken["armenia"], spoken["azerbaijan"])


def test_no_sentence_is_copied_from_an_article(shipped: dict[str, Dossier]) -> None:
    """No eight consecutive words of a claim or a note occur in any of the five articles."""
    texts = [article(item).decode() for item in shipped.values() if item.kind == "article"]
    taken = set().union(*(runs(text) for text in texts))
    for name, (claim, _) in claims_of(shipped).items():
        assert not runs(claim.says) & taken, name
        assert not runs(claim.note or "") & taken, name


def test_articles_are_the_ones_that_were_read(shipped: dict[str, Dossier]) -> None:
    """The hash in each article's dossier is that of its text."""
    articles = [item for item in shipped.values() if item.kind == "article"]
    assert len(articles) == 5
    for dossier in articles:
        assert hashlib.sha256(article(dossier)).hexdigest() == dossier.sha256, dossier.id


# --- reading ---


def test_only_wanted_dossiers_are_read(tmp_path: Path) -> None:
    """A broken neighbour disturbs nobody who does not ask for it, and an id asked for twice is read once."""
    write(tmp_path, "gazette-2021-05-14", SMALL)
    write(tmp_path, "broken", "claims: [")
    dossiers, problems = load_dossiers(tmp_path, ["gazette-2021-05-14", "gazette-2021-05-14"])
    assert problems == ()
    assert list(dossiers) == ["gazette-2021-05-14"]
    assert dossiers["gazette-2021-05-14"].date == "2021-05-14"
    _, problems = load_dossiers(tmp_path, ["broken"])
    assert [item.severity for item in problems] == ["error"]


@pytest.mark.parametrize("name", ["gazete-2021-05-14", "../gazette-2021-05-14", ""])
def test_a_missing_dossier_is_reported(tmp_path: Path, name: str) -> None:
    """An id without a file is S001; an id cannot lead out of the folder."""
    write(tmp_path, "gazette-2021-05-14", SMALL)
    inner = tmp_path / "inner"
    inner.mkdir()
    dossiers, problems = load_dossiers(inner if name.startswith("..") else tmp_path, [name])
    assert dossiers == {}
    assert [item.code for item in problems] == ["S001"]
    assert ("did you mean `gazette-2021-05-14`" in problems[0].help) == (name == "gazete-2021-05-14")


def test_a_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    """Without the folder every wanted dossier is missing, and nothing is raised."""
    _, problems = load_dossiers(tmp_path / "nowhere", ["gazette-2021-05-14"])
    assert [item.code for item in problems] == ["S001"]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "expected"),
    [
        ("status: reported", "status: rumoured", 11, 13, "'reportedly'"),
        ("    says: A meeting took place.\n", "", 8, 5, "`claims.S1a.says` is missing"),
        ("status: reported", "actors: armenia", 11, 13, "has to be a list"),
        ("status: reported", "disputed_by: {armenia: c5}", 11, 28, "a claim id such as `C05`"),
        ("speaker: the outlet", "speeker: the outlet", 9, 5, "did you mean `speaker`"),
        ("kind: outside", "kind: article", 1, 1, "sha256"),
        ("outlet: The Gazette", "outlet: [The, Gazette]", 3, 9, "`outlet` has to be text"),
        ("date: 2021-05-13", "date: May 2021", 10, 11, "as exact as it is known"),
        ("  S1a:", "  s1a:", 7, 3, "a capital letter"),
    ],
)
def test_a_wrong_field_is_reported_where_it_stands(
    tmp_path: Path, old: str, new: str, line: int, column: int, expected: str
) -> None:
    """A wrong word, an unknown field, a missing hash, a wrong shape: S002 with file, line and column."""
    write(tmp_path, "gazette-2021-05-14", SMALL.replace(old, new, 1))
    dossiers, problems = load_dossiers(tmp_path, ["gazette-2021-05-14"])
    assert dossiers == {}
    assert {item.code for item in problems} == {"S002"}
    spans = [item.span for item in problems]
    assert ("gazette-2021-05-14.yaml", line, column) in [(at.path, at.line, at.column) for at in spans if at]
    assert expected in " ".join(f"{item.message} {item.help}" for item in problems)


def test_all_wrong_fields_are_reported_in_one_pass(tmp_path: Path) -> None:
    """Two mistakes of a file come back together."""
    write(tmp_path, "gazette-2021-05-14", SMALL.replace("reported", "rumoured").replace("outside", "gossip"))
    _, problems = load_dossiers(tmp_path, ["gazette-2021-05-14"])
    assert sorted(item.span.line for item in problems if item.span) == [4, 11]


def test_help_names_the_field_that_was_meant_and_quotes_for_years(tmp_path: Path) -> None:
    """A misspelled field gets a suggestion, a bare year the quotes that keep it text."""
    text = SMALL.replace("speaker:", "speakr:").replace("date: 2021-05-13", "date: 2021")
    write(tmp_path, "gazette-2021-05-14", text)
    _, problems = load_dossiers(tmp_path, ["gazette-2021-05-14"])
    help_ = " ".join(item.help for item in problems)
    assert "did you mean `speaker`" in help_
    assert 'put the number in quotes: "2021"' in help_


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    """A dossier in a file of another name is S003."""
    write(tmp_path, "herald-2021-05-14", SMALL)
    dossiers, problems = load_dossiers(tmp_path, ["herald-2021-05-14"])
    assert dossiers == {}
    assert [(item.code, item.span.line if item.span else 0) for item in problems] == [("S003", 1)]


def test_a_claim_id_stands_once(tmp_path: Path) -> None:
    """The second dossier with the same claim id is S004, and the first claim is the one that counts."""
    write(tmp_path, "gazette-2021-05-14", SMALL)
    write(tmp_path, "herald-2021-05-14", SMALL.replace("gazette", "herald").replace("took place", "failed"))
    dossiers, problems = load_dossiers(tmp_path, ["gazette-2021-05-14", "herald-2021-05-14"])
    assert [item.code for item in problems] == ["S004"]
    span = problems[0].span
    assert span is not None
    assert (span.path, span.line) == ("herald-2021-05-14.yaml", 7)
    claim, dossier = claims_of(dossiers)["S1a"]
    assert (claim.says, dossier.id) == ("A meeting took place.", "gazette-2021-05-14")


def test_a_dossier_does_not_change_after_reading(shipped: dict[str, Dossier]) -> None:
    """Claims are frozen: nobody rewrites a source during play."""
    claim: Claim = shipped["rferl-2021-05-14"].claims["C02"]
    field = "says"
    with pytest.raises(ValidationError):
        setattr(claim, field, "Nothing happened.")
