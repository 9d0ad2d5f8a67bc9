"""scenario: dossiers, what one source says, read from `seeds/<id>.yaml` and checked.

A dossier paraphrases one article, one official statement or one outside source. Its claims are what
scenarios cite: each carries the speaker, the date, the status, and who disputes it, so that a class can tell
claim, readout and fact apart. Reading never raises for what an author wrote; every problem comes back as a
`Diagnostic`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.errors import Diagnostic, suggest
from sim.scenario.reading.document import Document
from sim.scenario.shelf import opened

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_DOSSIER_ID = r"^[a-z0-9][a-z0-9-]*$"
_CLAIM_ID = r"^[A-Z][A-Za-z0-9-]*$"
_CLAIM_ID_OR_NONE = r"^([A-Z][A-Za-z0-9-]*)?$"
_ACTOR = r"^[a-z][a-z0-9_]*$"
_DAY = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|background)$"
_TEXT_FILE = r"^[0-9A-Za-z_.-]+\.txt$"
_HASH = r"^[0-9a-f]{64}$"
_IN_WORDS = {
    _DOSSIER_ID: "lower-case words, digits and hyphens, such as `tass-2021-05-15-csto`",
    _CLAIM_ID: "a capital letter, then letters, digits and hyphens, such as `C26` or `S12a`",
    _CLAIM_ID_OR_NONE: 'a claim id such as `C05`, or "" when the denial has no claim of its own',
    _ACTOR: "an actor's id in lower case, such as `armenia` or `united_states`",
    _DAY: 'a date as exact as it is known: 2021-05-13, 2021-05, "2021", or `background`',
    _TEXT_FILE: "the name of a file that ends in `.txt`",
    _HASH: "a SHA-256 hash, 64 digits and letters a to f",
}

DossierId = Annotated[str, Field(pattern=_DOSSIER_ID, max_length=64)]
"""Outlet, date, topic: `tass-2021-05-15-csto`; also the name of the file."""
ClaimId = Annotated[str, Field(pattern=_CLAIM_ID, max_length=48)]
"""`C26` of an article, `S12a` of outside source 12, `N1` of a statement, `T-…` theory, `B-…` base rates."""
Denial = Annotated[str, Field(pattern=_CLAIM_ID_OR_NONE, max_length=48)]
"""The claim that denies; empty when the denial has no claim of its own."""
Actor = Annotated[str, Field(pattern=_ACTOR, max_length=48)]
"""An actor's id: `armenia`, `un_security_council`."""
Text = Annotated[str, Field(min_length=1, max_length=600)]
"""A sentence or two."""
Day = Annotated[str, Field(pattern=_DAY)]
"""A year, a month or a day, as exact as it is known: `2021`, `2021-05`, `2021-05-13`; `background` for a
standing state of affairs. Kept as text; a bare year needs quotes."""


class _Block(BaseModel):
    """A block of a dossier: nothing unknown is accepted and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Claim(_Block):
    """One thing that a source says, with its speaker."""

    says: Text
    """The claim in our own words, one sober sentence; no source's sentence is copied."""
    speaker: Annotated[str, Field(min_length=1, max_length=120)]
    """Who says it: `Kremlin`, `Armenia's defence ministry`; `the outlet` when it reports as fact."""
    by: Actor | None = None
    """The actor for whom the speaker speaks; left out when the speaker speaks for none."""
    date: Day | None = None
    """When it was said, or the date of what is reported; left out when neither is known."""
    status: Literal["reported", "claimed", "official", "analysis", "opinion", "reportedly"]
    """`reported`: the outlet states it as fact. `claimed`: a party asserts it, contested or unconfirmed.
    `official`: a position, readout or signed text; certain is that it was said, not that it is so.
    `reportedly`: the outlet itself marks it as hearsay. `analysis`, `opinion`: a reading, not a fact."""
    disputed_by: dict[Actor, Denial] = {}
    """Who denies it, and in which claim; an empty id when the denial has no claim of its own."""
    also: tuple[DossierId, ...] = ()
    """Other dossiers whose source carries the same claim."""
    actors: tuple[Actor, ...] = ()
    """The actors it is about."""
    note: Text | None = None
    """A limit of this one claim: who is silent on it, what casts doubt on it."""


class Dossier(_Block):
    """What one source says."""

    id: DossierId
    """The id; the file is called `<id>.yaml`."""
    title: Annotated[str, Field(min_length=1, max_length=160)]
    """The headline of an article; for other sources a short description in our words."""
    outlet: Annotated[str, Field(min_length=1, max_length=120)]
    """Who published it."""
    kind: Literal["article", "statement", "outside"]
    """`article`: one of the texts the project starts from. `statement`: a signed official text.
    `outside`: any other source."""
    date: Day | None = None
    """When it was published; left out, and said in `note`, when unknown."""
    seed: Annotated[str, Field(pattern=_TEXT_FILE)] | None = None
    """Articles only: the name of the file with the article's text, which is not part of the repository."""
    sha256: Annotated[str, Field(pattern=_HASH)] | None = None
    """Articles only: the hash of that file."""
    where: Text | None = None
    """Where to find it: addresses, separated by semicolons."""
    number: Annotated[int, Field(ge=1, le=999)] | None = None
    """Its number in the research's list of sources."""
    note: Text | None = None
    """The source's limits: whose outlet it is, what was inferred, what was read through a summary."""
    claims: Annotated[dict[ClaimId, Claim], Field(min_length=1)]
    """The claims by id."""

    @model_validator(mode="after")
    def _article_has_its_text(self) -> Dossier:
        article = self.kind == "article"
        if article != (self.seed is not None) or article != (self.sha256 is not None):
            raise ValueError("an article needs both `seed` and `sha256`, and no other dossier has them")
        if self.kind != "outside" and self.date is None:
            raise ValueError("an article and a statement need a `date`")
        return self


def load_dossiers(
    folder: Path | Traversable, wanted: Iterable[str]
) -> tuple[dict[str, Dossier], tuple[Diagnostic, ...]]:
    """The wanted dossiers of a folder, in the order asked for, and every problem found on the way.

    Only the files `<id>.yaml` of wanted ids are opened, each once. A dossier with an error is left out of the
    first part. Codes: S001 no such dossier, S002 a field is wrong, S003 the id is not the file's name, S004 a
    claim id stands in two of the dossiers; problems of the YAML itself keep the reader's codes.
    """
    found: dict[str, Dossier] = {}
    documents: dict[str, Document] = {}
    problems: list[Diagnostic] = []
    for name, document in opened(folder, wanted, problems):
        if any(item.severity == "error" for item in document.diagnostics):
            continue
        dossier, wrong = _dossier_of(name, document)
        problems += wrong
        if dossier is not None:
            found[name] = dossier
            documents[name] = document
    problems += _repeated(found, documents)
    return found, tuple(problems)


def claims_of(dossiers: Mapping[str, Dossier]) -> dict[str, tuple[Claim, Dossier]]:
    """Every claim of the dossiers by id, with the dossier it stands in.

    Of two claims with one id the first is kept; `load_dossiers` has reported the second as S004.
    """
    claims: dict[str, tuple[Claim, Dossier]] = {}
    for dossier in dossiers.values():
        for name, claim in dossier.claims.items():
            claims.setdefault(name, (claim, dossier))
    return claims


def _dossier_of(name: str, document: Document) -> tuple[Dossier | None, list[Diagnostic]]:
    try:
        dossier = Dossier.model_validate(document.value)
    except ValidationError as failed:
        return None, [_wrong_field(document, detail) for detail in failed.errors()]
    if dossier.id == name:
        return dossier, []
    wrong = Diagnostic(
        "S003",
        "error",
        f"the dossier is called `{dossier.id}` but its file `{name}.yaml`",
        document.span(("id",)),
        f"write `id: {name}`, or rename the file",
    )
    return None, [wrong]


def _wrong_field(document: Document, detail: ErrorDetails) -> Diagnostic:
    loc = detail["loc"]
    at_key = detail["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    span = document.key_span(loc) if at_key else document.span(loc)
    path = ".".join(str(part) for part in loc if part != "[key]") or "the dossier"
    message, help_ = _plain_words(detail, path)
    return Diagnostic("S002", "error", message, span, help_)


def _plain_words(detail: ErrorDetails, path: str) -> tuple[str, str]:
    """What is wrong and what to do, for somebody who never saw a validator."""
    given, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            fields = [*(Claim if "claims" in detail["loc"] else Dossier).model_fields]
            known = f"{suggest(str(detail['loc'][-1]), fields)}it may hold: {', '.join(fields)}"
            return f"there is no field `{path}`", known
        case "missing":
            return f"`{path}` is missing", ""
        case "literal_error":
            return f"`{given}` cannot stand in `{path}`", f"write {context['expected']}"
        case "string_pattern_mismatch":
            return f"`{given}` cannot stand in `{path}`", f"write {_IN_WORDS[context['pattern']]}"
        case "string_type" if isinstance(given, int):
            return f"`{path}` has to be text", f'put the number in quotes: "{given}"'
        case "string_type":
            return f"`{path}` has to be text", ""
        case "tuple_type":
            return f"`{path}` has to be a list", "write [one, two]"
        case "dict_type" | "model_type":
            return f"`{path}` has to be a map of `key: value` lines", ""
        case _:
            return f"`{path}`: {detail['msg'].removeprefix('Value error, ')}", ""


def _repeated(found: Mapping[str, Dossier], documents: Mapping[str, Document]) -> list[Diagnostic]:
    first: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, dossier in found.items():
        for claim in dossier.claims:
            if claim in first:
                span = documents[name].key_span(("claims", claim))
                help_ = f"it stands in `{first[claim]}` too; give one of them another id"
                problems.append(Diagnostic("S004", "error", f"the claim `{claim}` exists twice", span, help_))
            first.setdefault(claim, name)
    return problems
