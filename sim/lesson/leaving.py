"""lesson: what leaves the room with the teacher: a table as records and as a transcript, with or without names.

A seat's share is what its delegation could read: messages of its threads, its own papers and sheet, and of the lesson
what everybody saw. Notes, injects, who was played by a policy and what others did are the facilitator's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import yaml

from sim.lesson.messages import PUBLIC_TO, thread
from sim.lesson.papers import Paper
from sim.lesson.people import FACILITATOR
from sim.lesson.pseudonyms import Names
from sim.lesson.record import LATER, Done, Participant, Record, Said
from sim.report.records import records
from sim.report.transcript import Happened, OfClass, transcript, written
from sim.report.transcript import Said as Told
from sim.rules import CONTROL
from sim.words.catalog import Catalog
from sim.words.desk import Desk
from sim.words.estimative import listed
from sim.words.sources import Dossiers

FORM: Final = 1
"""The form of a class's records; keys are only ever added within one."""
_OWN: Final = ("filed", "unfiled", "proposed", "struck", "head")
"""Acts that a delegation sees of itself."""
_OF_PAPERS: Final = ("paper", "bracketed", "agreed", "unbracketed")
_EVERYBODY: Final = ("stage", "extended", "undone")
_NO_ROUND: Final = (("round", 0), ("round", LATER))
_KINDS: Final = {"message": "message", "verbale": "note verbale", "broadcast": "broadcast"}
_STAGES: Final = {"briefing": "The briefing began.", "orders": "Orders were open.", "paused": "The lesson was paused.",
                  "debrief": "The debrief was opened.", "closed": "The lesson was closed."}


def names_of(found: Iterable[Record], *, real: bool) -> Names:
    """The names of everybody in some tables of a lesson."""
    kept = tuple(found)
    actors = kept[0].match.scenario.actors if kept else {}
    words = (word for id, it in actors.items() for word in (id, it.name, it.capital, it.code, it.adjective) if word)
    return Names((person for it in kept for person in it.people), real=real, spared=words)


def class_records(found: Record, viewer: str, names: Names) -> Iterator[dict[str, Any]]:
    """A table as records: those of its match, with `lesson`, `person`, `message`, `paper`, `note` and `act` among them.

    Every record has its `table`, and its `round` where it belongs to one: what was said in the lobby and in the debrief has
    none and stands before the first and behind the last. People are called what `names` calls them. Raises `UsageError` for an unknown viewer.
    """
    found.match.view(viewer)
    more = [_lesson(found, names)]
    more += [{"record": "person", "person": names.of(it.id), "role": it.role, "seat": it.seat} for it in found.people]
    timed: list[tuple[float, dict[str, Any]]] = [(it.at, _message(it, names, control=viewer == CONTROL))
                                                 for it in _messages(found, viewer)]
    if viewer == CONTROL:
        timed += [(it.at, {"record": "note", "round": it.round, "at": _instant(it.at), "about": it.about,
                           "text": names.within(it.text)}) for it in found.notes]
    timed += [(it.at, _act(it, names)) for it in _acts(found, viewer)]
    more += [it for _, it in sorted(timed, key=lambda one: one[0])]
    more += [{"record": "paper", "round": LATER, **_paper(it, names)} for it in _papers(found, viewer)]
    for it in records(found.match, viewer, more):
        told = {key: value for key, value in it.items() if key != "record" and (key, value) not in _NO_ROUND}
        yield {"record": it["record"], "table": found.table, **told}


def class_transcript(found: Record, viewer: str, names: Names, dossiers: Dossiers | None = None, *, many: bool) -> str:
    """A table as a transcript in Markdown; with `many` its number stands in the title. Raises as `class_records` does."""
    desk = Desk(found.match, viewer, {}, dossiers)
    capital = desk.catalog.capital
    said = [(it.at, Told(it.round, _speaker(it, names, desk.catalog), _addressed(it, desk.catalog),
                         _text(it, names, control=viewer == CONTROL),
                         _KINDS.get(it.kind, it.kind) + (", hidden" if it.hidden else "")))
            for it in _messages(found, viewer)]
    if viewer == CONTROL:
        said += [(it.at, Told(it.round, "The facilitator", "", names.within(it.text),
                             f"note, on {_capital(desk.catalog, it.about)}" if it.about else "note"))
                 for it in found.notes]
    titles = {it.id: it.title for it in found.papers} | _written(found)
    happened = [Happened(it.round, text) for it in _acts(found, viewer)
                if (text := _sentence(it, names, desk, titles))]
    return transcript(desk, OfClass(
        [it for _, it in sorted(said, key=lambda one: one[0])], happened, f"table {found.table}" if many else "",
        list(_front(found, names, capital)), list(_back(_papers(found, viewer), names, capital))))


# -- what a viewer may read


def _messages(found: Record, viewer: str) -> tuple[Said, ...]:
    return tuple(it for it in found.messages
                 if viewer == CONTROL or thread(it.sender, it.to) & {viewer, PUBLIC_TO})


def _papers(found: Record, viewer: str) -> tuple[Paper, ...]:
    return tuple(it for it in found.papers if viewer == CONTROL or viewer in it.parties)


def _acts(found: Record, viewer: str) -> Iterator[Done]:
    own = {it.id for it in _papers(found, viewer)}
    for it in found.acts:
        if (viewer == CONTROL or it.kind in _EVERYBODY or (it.kind in _OWN and it.data.get("seat") == viewer)
                or (it.kind in _OF_PAPERS and it.data.get("id") in own)):
            yield it if viewer == CONTROL else _as_seen(it)


def _as_seen(it: Done) -> Done:
    """An act without what only the facilitator may know: the sheets of others that came back with a round."""
    data = {"round": it.data["round"]} if it.kind == "undone" else \
        {"stage": it.data["stage"]} if it.kind == "stage" else it.data
    return Done(it.table, it.round, it.at, it.kind, it.person, data)


# -- records


def _lesson(found: Record, names: Names) -> dict[str, Any]:
    plan = found.plan
    return {"record": "lesson", "form": FORM, "plan": plan.name, "minutes": plan.minutes, "tables": plan.tables,
            "level": plan.level, "people": "names" if names.real else "pseudonyms"}


def _message(it: Said, names: Names, *, control: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"record": "message", "round": it.round, "at": _instant(it.at), "kind": it.kind,
                           "sender": it.sender, "person": names.of(it.person), "to": list(it.to),
                           "text": _text(it, names, control=control)}
    if it.form and (control or not it.hidden):
        out |= {key: names.within(value) for key, value in it.form.items() if key in ("number", "subject", "asks")}
    if it.hidden:
        out["hidden"] = True
    return out


def _text(it: Said, names: Names, *, control: bool) -> str:
    return names.within(it.text) if control or not it.hidden else ""


def _paper(it: Paper, names: Names) -> dict[str, Any]:
    return {"title": names.within(it.title), "parties": list(it.parties), "paragraphs": [
        {"text": names.within(p.text), "brackets": [
            {"seat": b.seat, "text": names.within(b.text), "agreed": list(b.agreed)} for b in p.brackets]}
        for p in it.paragraphs]}


def _act(it: Done, names: Names) -> dict[str, Any]:
    data = {key: _clean(value, names) for key, value in it.data.items() if key not in ("person", "hash", "id")}
    out: dict[str, Any] = {"record": "act", "round": it.round, "at": _instant(it.at), "act": it.kind}
    if it.person:
        out["person"] = names.of(it.person)
    if it.kind in ("head", "moved", "left") and "person" in it.data:
        out["whom"] = names.of(str(it.data["person"]))
    if "round" in data:
        out["of_round"] = data.pop("round")
    return out | {key: value for key, value in data.items() if key not in out}


def _clean(value: object, names: Names) -> object:
    """Names replaced in every text of a JSON value."""
    if isinstance(value, str):
        return names.within(value)
    if isinstance(value, Mapping):
        return {key: _clean(one, names) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_clean(one, names) for one in value]
    return value


def _instant(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# -- transcript


def _front(found: Record, names: Names, capital: Any) -> Iterator[str]:
    by_seat: dict[str, list[Participant]] = {}
    for it in found.people:
        if it.id != FACILITATOR:
            by_seat.setdefault(it.seat, []).append(it)
    if by_seat:
        yield "**Who took part**"
        yield "\n".join(f"- {capital(seat) if seat else 'Observers'}: {', '.join(written(names.of(it.id)) for it in people)}"
                        for seat, people in by_seat.items())
    if not names.real and by_seat:
        yield "*People stand under pseudonyms; who is who is kept apart.*"


def _back(papers: Iterable[Paper], names: Names, capital: Any) -> Iterator[str]:
    for n, it in enumerate(papers):
        if not n:
            yield "## Papers, as they stood last"
        yield f"### {written(names.within(it.title))} ({listed([capital(seat) for seat in it.parties])})"
        paragraphs = [" ".join((*([written(names.within(p.text))] if p.text else []), *(
            f"\\[{capital(b.seat)}: {written(names.within(b.text)) or 'strike'}\\]" for b in p.brackets)))
            for p in it.paragraphs]
        yield "\n".join(f"{number}. {text}" for number, text in enumerate(paragraphs, 1)) or "Nothing was written in it."
        yield f"*{it.note}*"


def _speaker(it: Said, names: Names, catalog: Catalog) -> str:
    if it.sender == FACILITATOR:
        return "The facilitator"
    return f"{catalog.capital(it.sender)}, {names.of(it.person)}"


def _addressed(it: Said, catalog: Catalog) -> str:
    if not it.to:
        return "the own delegation"
    return listed([{"public": "everybody", "facilitator": "the facilitator"}.get(to) or catalog.capital(to) for to in it.to])


def _sentence(it: Done, names: Names, desk: Desk, titles: Mapping[str, str]) -> str:
    """An act as a sentence; empty for what the rest of the transcript tells already."""
    data, catalog = it.data, desk.catalog
    seat = catalog.capital(str(data["seat"])) if data.get("seat") in catalog.scenario.actors else ""
    whom = written(names.of(str(data.get("person", ""))))
    item = _item(str(data.get("item", "")), names, titles, catalog)
    paper = written(names.within(titles.get(str(data.get("id", "")), "a paper")))
    wording = written(names.within(str(data.get("text", "")))) or "strike it"
    parts: dict[str, str] = {
        "stage": "" if data.get("trigger") == "resolve" else _STAGES.get(str(data.get("stage")), ""),
        "extended": f"The round was given {data.get('minutes')} minutes more.",
        "undone": f"Round {data.get('round')} was taken back.",
        "hand": f"{seat} was played by {_hand(str(data.get('hand', '')))} from here on.",
        "merged": f"{seat} was merged into the delegation of {_capital(catalog, data.get('into'))}.",
        "head": f"{whom} headed the delegation of {seat} from here on.",
        "moved": f"{whom} moved to {seat or 'the observers'}.",
        "left": f"{whom} left.",
        "improvised": f"The facilitator wrote an inject, {item}.",
        "edited": f"The facilitator edited the inject {item}.",
        "discarded": f"The facilitator discarded the inject {item}.",
        "settled": f"The inject {item} was {data.get('status')}" + (f" for round {data['at']}." if data.get("at") else "."),
        "released": f"The inject {item} was released by the facilitator's hand.",
        "closed": _closed(data, catalog),
        "paper": f"The paper “{written(names.within(str(data.get('title', ''))))}” was opened.",
        "bracketed": f"{seat} put a bracket into “{paper}”: {wording}.".replace("..", "."),
        "agreed": f"{seat} agreed to a wording of {_capital(catalog, data.get('bracket'))} in “{paper}”.",
        "unbracketed": f"{seat} took its bracket out of “{paper}”.",
        "hidden": "A message was hidden." if data.get("hidden") else "A message was shown again.",
    }
    return parts.get(it.kind, "")


def _closed(data: Mapping[str, object], catalog: Catalog) -> str:
    """Who did not file for itself in a round."""
    def named(key: str) -> str:
        seats = data.get(key, ())
        return listed([catalog.capital(str(seat)) for seat in seats]) if isinstance(seats, list | tuple) else ""

    told = []
    if named("from_sheet"):
        told.append(f"For {named('from_sheet')} the sheet counted, which nobody had filed.")
    if named("policies"):
        told.append(f"Policies played {named('policies')}.")
    return " ".join(told)


def _capital(catalog: Catalog, seat: object) -> str:
    return catalog.capital(str(seat)) if seat in catalog.scenario.actors else str(seat or "")


def _hand(hand: str) -> str:
    return {"delegation": "its delegation", "facilitator": "the facilitator"}.get(hand, f"the policy {hand}")


def _item(item: str, names: Names, titles: Mapping[str, str], catalog: Catalog) -> str:
    inject = catalog.scenario.injects.get(item)
    return f"“{inject.title if inject is not None else written(names.within(titles.get(item, item)))}”"


def _written(found: Record) -> dict[str, str]:
    """The titles of the injects that the facilitator made up."""
    out: dict[str, str] = {}
    for it in found.acts:
        if it.kind == "improvised":
            block = yaml.safe_load(str(it.data["block"]))
            out[str(it.data["item"])] = str(block.get("title") or block.get("text") or "") if isinstance(block, dict) else ""
    return out
