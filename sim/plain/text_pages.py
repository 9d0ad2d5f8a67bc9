"""plain: texts as statements: the brief, the draft, the provisions, the sources, the reasons, the ending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.plain.round_pages import Statement, sentence
from sim.words import describe
from sim.words.models import (
    BriefModel,
    ClauseLine,
    EndingModel,
    PartCheck,
    PartLine,
    ProvisionLine,
    ReasonLine,
    SeatScore,
    SourceLine,
    TermGroup,
)
from sim.words.sources import cited


def brief(page: BriefModel) -> Iterator[Statement]:
    """What a seat reads before it plays."""
    title = "" if page.title.rstrip(".") == page.name else f" {sentence(page.title)}"
    yield f"You play {sentence(page.name)}{title}"
    if page.public:
        yield "Known to everybody:"
        yield from markdown(page.public)
    if page.confidential:
        yield "For your eyes only:"
        yield from markdown(page.confidential)
    if page.goals:
        yield "Your goals:"
        yield from (("-", sentence(goal)) for goal in page.goals)
    if page.red_lines:
        yield "Your red lines, clauses you must not sign:"
        yield from (("-", sentence(line)) for line in page.red_lines)


def markdown(text: str) -> Iterator[Statement]:
    """Paragraphs and list items as statements; headings lose their signs, emphasis its stars."""
    paragraph: list[str] = []
    for written in [*text.splitlines(), ""]:
        line = written.strip().replace("**", "").replace("*", "")
        item = line.startswith(("- ", "+ "))
        heading = line.startswith("#")
        if paragraph and (not line or item or heading):
            yield _paragraph(paragraph)
            paragraph = []
        if heading:
            yield sentence(line.lstrip("# ")).rstrip(".") + ":"
        elif line:
            paragraph.append(line)


def _paragraph(lines: list[str]) -> Statement:
    text = " ".join(lines)
    return ("-", text[2:]) if text.startswith(("- ", "+ ")) else text


def draft(parts: Sequence[PartLine], word: str, checks: Sequence[PartCheck] = ()) -> Iterator[Statement]:
    """The text under negotiation; `checks` say per part what a signature would mean to the reader's own seat."""
    if not parts:
        yield "This scenario has no text under negotiation."
    wanted = word.lower()
    for part in parts:
        chosen = [c for c in part.clauses if wanted in f"{c.id} {c.title} {c.text} {c.status} {part.title}".lower()]
        if not chosen and wanted:
            continue
        yield f"{part.title}:"
        if part.signed_by:
            yield f"Signed by {' and '.join(part.signed_by)}."
        yield from (text for text in (part.signed, part.fell) if text)
        if part.waits_for:
            yield f"A {'next ' if part.signed else ''}signature still needs: {'; '.join(part.waits_for)}."
        yield from (text for check in checks if check.part == part.id and check.signs for text in describe.check(check))
        for clause in chosen:
            yield "-", _clause(clause)
            yield from ((" ", text) for text in _clause_details(clause))


def _clause(clause: ClauseLine) -> str:
    # a screen reader says "right arrow"
    mark = f" In the last round: {clause.moved.replace(' → ', ' to ')}." if clause.moved else ""
    return f"{sentence(clause.title or clause.id)} {sentence(clause.status_text or clause.status)}{mark}"


def _clause_details(clause: ClauseLine) -> Iterator[str]:
    yield sentence(clause.text)
    if clause.red_line:
        yield "It is one of your red lines."
    if clause.worth is not None:
        yield f"Worth to you: {clause.worth} of 10."
    if clause.needs:
        yield f"Needs one of these first: {', '.join(clause.needs)}."
    if clause.excludes:
        yield f"Strikes when agreed: {', '.join(clause.excludes)}."
    if clause.on_signature:
        yield f"Its signature would do this: {sentence(clause.on_signature)}"


def provisions(lines: Sequence[ProvisionLine], word: str) -> Iterator[Statement]:
    """The articles already signed."""
    wanted = word.lower()
    chosen = [p for p in lines if wanted in f"{p.id} {p.point} {p.title} {p.text} {p.status} {p.agreement}".lower()]
    if not chosen:
        yield f"No provision has `{word}` in it." if lines else "This scenario has no signed agreement."
    agreement = ""
    for line in chosen:
        if line.agreement != agreement:
            agreement = line.agreement
            yield f"{agreement}:"
        point = f"{line.point}. " if line.point else ""
        yield "-", f"{point}{sentence(line.title)} Status: {line.status}{', ' + line.since if line.since else ''}."
        yield " ", sentence(line.text)
        if line.binds:
            yield " ", f"Binds {sentence(line.binds)}"
        if line.history:
            yield " ", f"History: {sentence('; '.join(line.history).replace(' → ', ' to '))}"
        if line.moved_by:
            yield " ", f"What would move it: {sentence(line.moved_by)}"
        if cited(line.source):
            yield " ", sentence(cited(line.source))


def glossary(groups: Sequence[TermGroup], word: str) -> Iterator[Statement]:
    """Words and what they mean, those with a word in them."""
    wanted = word.lower()
    found = [(group, [term for term in group.terms if wanted in f"{term.word} {term.means} {group.title}".lower()])
             for group in groups]
    if not any(terms for _, terms in found):
        yield f"No entry has `{word}` in it; `glossary` reads all."
    for group, terms in found:
        if terms:
            yield f"{group.title}:"
        yield from (("-", sentence(f"{term.word}: {term.means}")) for term in terms)


def sources(lines: Sequence[SourceLine]) -> Iterator[Statement]:
    """Who says something."""
    if not lines:
        yield "Nothing is cited for it: it is what the rules of this match produced."
    for line in lines:
        if line.claim == "invented":
            yield "-", sentence(line.says or "Invented for this scenario")
            continue
        said = ", ".join(text for text in (line.speaker, line.date, line.status) if text)
        yield f"{line.claim}.", f"{sentence(line.says)} ({said})" if said else sentence(line.says)
        if line.disputed:
            yield " ", f"Disputed: {sentence(line.disputed)}"
        if line.outlet or line.dossier:
            yield " ", f"From {sentence(', '.join(text for text in (line.outlet, line.dossier) if text))}"


def reasons(lines: Sequence[ReasonLine], untold: str) -> Iterator[Statement]:
    """Why the others chose as they did, or the sentence that says why that is not told."""
    yield "Why the others chose as they did:"
    if not lines:
        yield untold
    for line in lines:
        yield "-", sentence(line.about)
        if line.because:
            yield " ", " ".join(map(sentence, line.because))
        if line.otherwise:
            yield " ", sentence(line.otherwise)


def ending(page: EndingModel) -> Iterator[Statement]:
    """The last page, without the scores."""
    yield f"The match has ended in round {page.round}, {page.date}: {sentence(page.title)}"
    if page.text:
        yield sentence(page.text)
    if page.note:
        yield sentence(page.note)


def scores(lines: Sequence[SeatScore]) -> Iterator[Statement]:
    """Raw and against par, what was taken from every goal, then goal by goal."""
    for line in lines:
        yield sentence(line.verdict or f"{line.name} {line.raw} of 100")
        if line.taken:
            yield line.taken
        for goal in line.goals:
            says = f" {sentence(goal.says)}" if goal.says else ""
            yield "-", f"{goal.title or goal.id}: {goal.figure} of 100, weight {goal.weight} %.{says}"


def debrief(page: EndingModel) -> Iterator[Statement]:
    """The score over the rounds, turning rounds and questions."""
    if page.course:
        yield f"Your score at the start and after each round: {', '.join(map(str, page.course))}."
    if page.turning:
        yield "Rounds that turned the match for you:"
        yield from (("-", line) for line in page.turning)
    if page.questions:
        yield "Questions for afterwards:"
        yield from ((f"{n}.", line) for n, line in enumerate(page.questions, 1))
