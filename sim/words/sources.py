"""words: who says so: cited claims with speaker, date, status, and who disputes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from sim.errors import suggest
from sim.scenario.dossier import Claim, Dossier, claims_of
from sim.words.catalog import Catalog, on_date, spaced
from sim.words.estimative import listed
from sim.words.models import Denial, SourceLine

Dossiers = Mapping[str, Dossier] | Callable[[], Mapping[str, Dossier]]
"""The scenario's dossiers, or how to read them when somebody first asks."""

THEORY = "T-"
"""What the id of a claim of theory begins with."""
STATUS = {
    "reported": "the outlet states it as fact", "claimed": "a party asserts it; not confirmed by others",
    "official": "an official position or text: that it was said is certain, not that it is so",
    "reportedly": "hearsay, as the outlet itself says", "analysis": "a reading, not a fact", "opinion": "an opinion",
}
STANDING = {"reported": "reported as fact", "claimed": "claim", "official": "official position",
            "reportedly": "hearsay", "analysis": "reading", "opinion": "opinion"}
"""What kind of statement a claim is, in a word or two."""
INVENTED = "Written for this scenario; no source."
_NUMBERED = re.compile(r"([A-Z]+)(\d+)([a-z]?)")
_SHOWN = 4
"""So many claims of one number are named."""


class Sources:
    """The claims of a scenario, read when first needed."""

    def __init__(self, catalog: Catalog, dossiers: Dossiers | None = None) -> None:
        self._catalog = catalog
        self._dossiers = dossiers
        self._claims: dict[str, tuple[Claim, Dossier]] | None = None

    @property
    def claims(self) -> Mapping[str, tuple[Claim, Dossier]]:
        """Every claim with its dossier."""
        if self._claims is None:
            found = self._dossiers() if callable(self._dossiers) else self._dossiers
            self._claims = claims_of(found or {})
        return self._claims

    def contested(self, cited: tuple[str, ...]) -> bool:
        """Whether somebody disputes one of the claims."""
        return any(claim in self.claims and bool(self.claims[claim][0].disputed_by) for claim in cited)

    def lines(self, cited: Iterable[str]) -> tuple[SourceLine, ...]:
        """Who says what is cited; what is invented says so, and so does a claim that no dossier holds."""
        return tuple(self._line(claim) for claim in dict.fromkeys(cited))

    def _line(self, claim: str) -> SourceLine:
        if claim == "invented":
            return SourceLine(claim, INVENTED, "the authors", "", "invented", "", "", "", standing="invented")
        found = self.claims.get(claim)
        if found is None:
            return SourceLine(claim, "The dossier of this claim is not at hand.", "", "", "", "", "", "")
        it, dossier = found
        disputed = "; ".join(f"{self._name(actor)} denies it{f' ({denial})' if denial else ''}"
                             for actor, denial in it.disputed_by.items())
        denials = tuple(Denial(self._name(actor), denial) for actor, denial in it.disputed_by.items())
        return SourceLine(claim, it.says, it.speaker, said_on(it.date or ""), STATUS[it.status], disputed, dossier.title,
                          dossier.outlet, STANDING[it.status], denials, it.note or "", said_on(dossier.date or ""),
                          dossier.where or "", dossier.note or "")

    def _name(self, actor: str) -> str:
        known = self._catalog.scenario.actors.get(actor)
        return known.name if known else " ".join(word.capitalize() for word in spaced(actor).split())


def cited_in(source: str | Sequence[str]) -> tuple[str, ...]:
    """Claim ids, or `invented`, of what an author wrote under `source:`."""
    return tuple(filter(None, (source,) if isinstance(source, str) else source))


def meant(claim: str, claims: Iterable[str]) -> str:
    """Help for a claim that is not there: the same number written otherwise, the run of its kind, or one like it.

    Empty, or a sentence with a blank behind it.
    """
    found = _NUMBERED.fullmatch(claim.strip().upper()[:1] + claim.strip()[1:].lower())
    kind: dict[int, list[str]] = {}
    for name in claims:
        numbered = _NUMBERED.fullmatch(name)
        if found and numbered and numbered[1] == found[1]:
            kind.setdefault(int(numbered[2]), []).append(name)
    if not found or not kind:
        return suggest(claim, claims)
    same = kind.get(int(found[2]), [])
    if same and claim not in same:
        more = ", …" if len(same) > _SHOWN else ""
        return f"did you mean {listed([f'`{name}`' for name in same[:_SHOWN]], 'or')}{more}? "
    first, last = kind[min(kind)][0], kind[max(kind)][-1]
    return f"claims of this kind run from `{first}` to `{last}`. " if first != last else f"did you mean `{first}`? "


def cited(ids: Iterable[str]) -> str:
    """Claims as a mark behind a line: `source C79`, `sources C02, C05; theory: Osgood 1962`.

    `invented` is left out: who asks is told so.
    """
    claims = [claim for claim in dict.fromkeys(ids) if claim and claim != "invented"]
    theories = [_theory(claim) for claim in claims if claim.startswith(THEORY)]
    others = [claim for claim in claims if not claim.startswith(THEORY)]
    marks = [f"{'source' if len(others) == 1 else 'sources'} {', '.join(others)}"] if others else []
    return "; ".join([*marks, f"theory: {', '.join(theories)}"] if theories else marks)


def _theory(claim: str) -> str:
    """`Goldstein and Freeman 1990` of `T-goldstein-freeman-1990`."""
    words = claim.removeprefix(THEORY).split("-")
    authors = listed([word.capitalize() for word in words if not word.isdigit()])
    return " ".join([authors, *(word for word in words if word.isdigit())])


def said_on(date: str) -> str:
    """`13 May 2021`, `May 2021`, `2021`, or as written."""
    from datetime import date as Day  # noqa: N812

    from sim.words.catalog import MONTHS
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or not date:
        return date
    if len(parts) == 3:
        return on_date(Day.fromisoformat(date))
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else date
