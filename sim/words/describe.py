"""words: every view-model as plain text, for screen readers, line mode and a widget's `describe()`.

Each function gives paragraphs, one string each, without layout: no columns, no colour, nothing that only a position on
a screen would tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.words.catalog import TIERS, sentence
from sim.words.estimative import MINUS, counted, listed, plain, signed
from sim.words.models import (
    BriefModel,
    Card,
    CheckedClause,
    ClauseLine,
    Dispatch,
    EndingModel,
    Menu,
    MenuItem,
    Negotiation,
    Obstacle,
    PartCheck,
    PartLine,
    PhaseDiagram,
    PhaseStep,
    ProvisionLine,
    QuestionItem,
    ReasonLine,
    SeatScore,
    SilentLine,
    Situation,
    SourceLine,
    TermGroup,
    TrackLine,
)
from sim.words.sources import cited

Text = tuple[str, ...]

_SEEN = {"public": "public", "parties": "only those concerned hear of it", "secret": "secret"}
RED_LINE = "one of your red lines"
_EASES = {"good": ", which eases the crisis", "bad": ", which worsens the crisis", "neutral": ""}


def situation(model: Situation) -> Text:
    """Where the match stands."""
    head = (f"{model.title}. {model.date}, day {model.day}. Round {model.round} of {model.rounds} ({model.leg}, "
            f"{counted(model.step_days, 'day')} a round).")
    phase = f"Situation: {model.phase}. {model.phase_text}".rstrip() if model.phase else ""
    near = f"One step away: {listed(model.open_phases)}." if model.open_phases else ""
    seat = (f"You speak for {model.viewer}: {plain(model.attention)} of attention, up to {counted(model.orders, 'order')}."
            if model.seat else f"You watch as {model.viewer}.")
    end = f"The match is over: {model.ending}." if model.ending else ""
    own = [track(line) for line in model.tracks if line.own]
    shared = [track(line) for line in model.tracks if not line.own]
    return _told(head, end, phase, near, "" if model.ending else seat, "Your own: " + " ".join(own) if own else "",
                 ("All see: " if not own else "Others: ") + " ".join(shared) if shared else "")


def phases(model: PhaseDiagram) -> Text:
    """The state diagram: how it came here, where it stands, what can follow and what each step asks today."""
    here = model.current
    if here is None:
        return ("This scenario has no phases.",)
    way = "; ".join(f"{visit.title} from round {visit.first} ({visit.date})" for visit in model.path)
    steps = [] if model.ended else [_way(way) for way in here.ways]
    return _told(f"The way so far: {way}." if way else "", f"Now: {here.title}. {here.text}".rstrip(),
                 "What can follow, in the order in which it is tried at the close:" if steps else "", *steps)


def _way(steps: Sequence[PhaseStep]) -> str:
    due = ", due at the close if nothing changes," if any(step.due for step in steps) else ""
    return f"{steps[0].title}{due}{'; or it'.join(map(_step, steps))}."


def _step(model: PhaseStep) -> str:
    needs = [f"{need.text} ({', '.join(filter(None, (need.now, 'it holds' if need.holds else '')))})"
             if need.now or need.holds else need.text for need in model.needs]
    if model.unseen:
        needs.append("something that is not yours to see")
    return f" asks that {'; and that '.join(needs)}" if needs else " is brought by a move or an event"


def track(line: TrackLine) -> str:
    """A track: `Tension 49 (0 to 100), up 4 since the last round, which worsens the crisis`; `Violence: none (0 of 5)`."""
    value = f" {plain(line.value)} ({plain(line.low)} to {plain(line.high)})"
    if line.word:
        value = f": {line.word} ({plain(line.value)} of {plain(line.high)})"
    change = ""
    if line.change:
        change = f", {'up' if line.change > 0 else 'down'} {abs(line.change)} since the last round{_EASES[line.judged]}"
    return f"{line.title}{value}{change}."


def menu(model: Menu) -> Text:
    """Questions, then open moves by group, then closed ones with why."""
    out: list[str] = []
    for question in model.questions:
        out.extend(asked(question))
    for group in model.groups:
        open_now = [i for i in group.items if i.legal]
        closed = [i for i in group.items if not i.legal]
        if open_now:
            out.append(f"{group.title}: " + " ".join(brief_item(i) for i in open_now))
        if closed:
            out.append(f"{group.title}, closed now: " + " ".join(f"{i.title}: {why_not(i.why_not)}" for i in closed))
    return tuple(out) or ("There is nothing to order now.",)


def brief_item(model: MenuItem) -> str:
    """A move in a list: `Telephone Moscow, costs 1`."""
    red = f", {RED_LINE}" if model.red_line else ""
    return f"{model.title}, {f'costs {model.cost}' if model.cost else 'costs nothing'}{red}."


def item(model: MenuItem) -> Text:
    """Everything about one move."""
    head = f"{model.title}. {TIERS.get(model.tier, model.tier)}; {f'costs {model.cost}' if model.cost else 'costs nothing'}; {_SEEN[model.seen]}."
    closed = "" if model.legal else f"Closed now: {why_not(model.why_not)}"
    code = f"CAMEO {model.cameo}" + (f", Goldstein {model.goldstein:+g}".replace("-", MINUS) if model.goldstein is not None else "") + "." \
        if model.cameo else ""
    red = sentence(f"It is about {RED_LINE}") if model.red_line else ""
    return _told(head, red, closed, sentence(model.hint), likely(model), model.tendency, code)


def likely(model: MenuItem) -> str:
    """How it would turn out, branch by branch."""
    if len(model.branches) == 1:
        return f"Effect: {model.branches[0].text}."
    parts = [f"{branch.words} ({branch.percent} %): {branch.text}" for branch in model.branches]
    expected = ", ".join(f"{change.title} {signed(change.low)}" for change in model.expected)
    mean = f" On the whole: {expected}." if expected else ""
    return f"It may turn out so. {sentence('. '.join(sentence(p).rstrip('.') for p in parts))}{mean}" if parts else ""


def why_not(model: Sequence[Obstacle]) -> str:
    """What keeps it closed: `it needs that tension is 60 or more (now 52)`."""
    if not model:
        return "it is not possible now."
    return "it needs that " + "; and that ".join(f"{o.text} ({o.now})" if o.now else o.text for o in model) + "."


def asked(model: QuestionItem) -> Text:
    """A question with its answers."""
    head = f"Question: {model.title}. {sentence(model.text)}"
    answers = []
    for answer in model.shown:
        title = f"{answer.title} ({RED_LINE})" if answer.red_line else answer.title
        if answer.legal:
            answers.append(f"{title}: {answer.branches[0].text}." if len(answer.branches) == 1
                           else f"{title}. {likely(answer)}")
        else:
            answers.append(f"{answer.title} is closed: {why_not(answer.why_not)}")
    return _told(head, "Answers, at no cost: " + " ".join(map(sentence, answers)), f"Unanswered: {model.if_ignored}")


def dispatch(model: Dispatch) -> str:
    """One line of the wire with everything that its look would tell."""
    marks = [word for word, holds in (("contested", model.contested), ("not public", model.private)) if holds]
    mark = f" ({', '.join(marks)})" if marks else ""
    changes = f" {'; '.join(model.changes)}." if model.changes else ""
    roll = f" {sentence(model.roll)}" if model.roll else ""
    return f"{model.date}{mark}: {model.text}{changes}{roll}"


def wire(models: Sequence[Dispatch]) -> Text:
    """Dispatches, one paragraph each."""
    return tuple(map(dispatch, models)) or ("No news.",)


def silent(models: Sequence[SilentLine]) -> Text:
    """What happened by itself without a dispatch, one paragraph each."""
    return tuple(map(silent_line, models)) or ("Nothing else moved by itself.",)


def silent_line(model: SilentLine) -> str:
    """One of them: `Outsiders press the holder of posts: isolation +2. Attention, and a clear picture …`."""
    marks = cited(model.source)
    return f"{model.title}: {model.text}.{f' {model.why}' if model.why else ''}{f' ({marks})' if marks else ''}"


def clause(model: ClauseLine) -> str:
    """One article of the draft."""
    parts = [f"{model.title}: {model.status_text}.", model.text]
    if model.red_line:
        parts.append("This is one of your red lines.")
    if model.worth is not None:
        parts.append(f"Worth to you {model.worth} of 10.")
    if model.needs:
        parts.append(f"It needs one of these agreed first: {listed(model.needs, 'or')}.")
    if model.excludes:
        parts.append(f"It excludes {listed(model.excludes)}.")
    if model.on_signature:
        parts.append(f"Signed, it would bring: {model.on_signature}.")
    if model.moved:
        parts.append(f"In the last round: {model.moved}.")
    return " ".join(parts)


def draft(models: Sequence[PartLine]) -> Text:
    """The negotiating table, part by part."""
    out: list[str] = []
    for part in models:
        signed_by = f" Signed by {listed(part.signed_by)}." if part.signed_by else ""
        waits = f" {'A next signature waits' if part.signed else 'It waits'}: {'; '.join(part.waits_for)}." if part.waits_for else ""
        told = "".join(f" {text}" for text in (part.signed, part.fell) if text)
        out.append(f"{part.title}.{told}{signed_by}{waits}")
        out.extend(map(clause, part.clauses))
    return tuple(out) or ("There is no draft in this scenario.",)


def check(model: PartCheck) -> Text:
    """What a signature of one part would mean to the reader's own seat; for that seat alone."""
    head = "Before you sign" if model.signatory else "If signed now"
    signs = listed([f"{it.title}{_worth(it)}" for it in model.signs])
    joins = listed([f"{it.title}{_worth(it)}{', one of your red lines' if it.red_line else ''}" for it in model.joins])
    return (" ".join(part for part in (
        f"{head} (only you read this): {model.verdict}", f"Signed with it: {signs}." if signs else "",
        *(f"“{title}” is one of your red lines." for title in model.red_lines), *model.missing, *model.excluded,
        f"Signed too, if agreed before: {joins}." if joins else "", *model.risks, model.others) if part),)


def _worth(model: CheckedClause) -> str:
    return "" if model.worth is None else f" (worth {model.worth})"


def negotiation(model: Negotiation) -> Text:
    """The negotiating table: the draft, then the reader's own check part by part."""
    return _told(f"{model.title}.", model.state, *(draft(model.parts) if model.parts else ()),
                 *(text for it in model.checks if it.signs for text in check(it)))


def glossary(models: Sequence[TermGroup]) -> Text:
    """Words and what they mean, a paragraph a group."""
    return tuple(f"{group.title}: " + " ".join(sentence(f"{term.word}: {term.means}") for term in group.terms)
                 for group in models)


def provisions(models: Sequence[ProvisionLine]) -> Text:
    """The treaty reader."""
    out = []
    last = ""
    for line in models:
        if line.agreement != last:
            out.append(f"{line.agreement}.")
            last = line.agreement
        point = f"{line.point}, " if line.point else ""
        binds = f" Binds {line.binds}." if line.binds else ""
        history = f" {'; '.join(line.history)}." if line.history else ""
        moved = f" What would move it: {line.moved_by}" if line.moved_by else ""
        out.append(f"{point}{line.title}: {line.status} {line.since}. {line.text}{binds}{history}{moved}")
    return tuple(out) or ("No agreement stands in this scenario.",)


def ending(model: EndingModel) -> Text:
    """The last page."""
    return _told(f"{model.title}, {model.date}, round {model.round}.", model.text, *map(score, model.scores),
                 *(f"Turning point. {turn}" for turn in model.turning),
                 "To talk about: " + " ".join(model.questions) if model.questions else "")


def score(model: SeatScore) -> str:
    """A seat's score beside par, what was taken from every goal, then the goals one by one."""
    goals = " ".join(f"{goal.title} {goal.figure} of 100, weight {goal.weight}. {goal.says}".rstrip() for goal in model.goals)
    return " ".join(part for part in (model.verdict, model.taken, goals) if part)


def brief(model: BriefModel) -> Text:
    """What a seat reads before it plays."""
    return _told(f"{model.name}. {model.title}", *_paragraphs(model.public),
                 "For your eyes only." if model.confidential else "", *_paragraphs(model.confidential),
                 "Your goals: " + "; ".join(model.goals) + "." if model.goals else "",
                 "Your red lines: " + " ".join(model.red_lines) if model.red_lines else "")


def card(model: Card) -> Text:
    """A scenario in the library."""
    facts = "; ".join(part for part in (model.kind, model.level, model.minutes) if part)
    return _told(f"{model.title}: {facts}." if facts else f"{model.title}.", model.blurb,
                 f"Seats: {listed([name for _, name in model.seats])}." if model.seats else "", model.content_note)


def reason(model: ReasonLine) -> str:
    """Why an automatic player chose."""
    because = f" {sentence('; '.join(model.because))}" if model.because else ""
    otherwise = f" {sentence(model.otherwise)}" if model.otherwise else ""
    return f"{sentence(model.about)}{because}{otherwise}"


def source(model: SourceLine) -> str:
    """Who says something."""
    who = ", ".join(part for part in (model.speaker, model.date) if part)
    status = f" Status: {model.status}." if model.status else ""
    disputed = f" {sentence(model.disputed)}" if model.disputed else ""
    where = f" In: {model.dossier} ({model.outlet})." if model.dossier else ""
    return f"{model.claim}{f' ({who})' if who else ''}: {sentence(model.says)}{status}{disputed}{where}"


def _told(*paragraphs: str) -> Text:
    return tuple(p for p in paragraphs if p)


def _paragraphs(markdown: str) -> list[str]:
    return [" ".join(block.split()) for block in markdown.split("\n\n") if block.strip()]
