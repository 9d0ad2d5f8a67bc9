"""scenario: texts too long for their place, words in braces that nothing fills, loaded words, names of one side, secrets.

All texts are searched as one for whatever is looked for; only where something is found the text itself is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sim.errors import Diagnostic, Edit, Fix, Span, suggest
from sim.scenario.briefs import parts
from sim.scenario.check.problems import Problems
from sim.scenario.check.prose import Prose, prose, prose_of_map

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.models import Map, Scenario

_SLOT = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|„[^“]*“|«[^»]*»")
_SAYING = re.compile(r"\b(?:says?|said|saying|calls?|called|calling|speaks? of|spoke of|alleges?|alleged|claims?|claimed|accuses?"
                     r"|accused|denies|denied|rejects?|rejected|according to|demands?|demanded|asks?|asked)\b")
_HALF = re.compile(r"\{([\w.]*)|(?<![\w.])([\w.]*)\}")
"""A word with one brace, where those with two have been taken out."""
_BETWEEN = "\n"
_OPENING = {"“": "”", "„": "“", "«": "»", "»": "«"}


def check_wording(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    """The texts of `scenario.yaml`, and the briefs as far as everybody reads them."""
    found = prose(bound)
    _rooms(found, problems)
    _slots(found, problems)
    _cut_off(found, problems)
    _run_on(found, problems)
    _marked(found, problems)
    _empty(bound, problems)
    _languages(bound.scenario, problems)
    briefs = _public_briefs(bound, texts)
    page = _Page([*found, *briefs])
    _words(bound.scenario, page, problems)
    _secrets(bound, page, briefs, problems)


def check_wording_of_map(found: Map, bound: Bound, problems: Problems) -> None:
    """The texts of `map.yaml`."""
    listed = prose_of_map(found, tuple(bound.words.variables))
    _rooms(listed, problems)
    _words(bound.scenario, _Page(listed), problems)
    wanted = {language for place in found.places.values() for language in place.also}
    for pid, place in found.places.items():
        missing = sorted(wanted - set(place.also))
        if place.also and missing:
            problems.report("T005", f"`{pid}` has no name in {missing[0]} usage", ("places", pid, "also"),
                            "give a name in each usage, or in none")


# -- room


def _rooms(found: Sequence[Prose], problems: Problems) -> None:
    for it in found:
        room = it.room
        if room is not None and len(it.text) > room.most:
            title = room.what in ("the title", "the name", "the capital", "the blurb")
            problems.report("T003" if title else "T004", f"{room.what} has {len(it.text)} characters; {room.where}", it.loc,
                            f"shorten it to {room.most}")


# -- what is not there


def _cut_off(found: Sequence[Prose], problems: Problems) -> None:
    """Sentences of which YAML takes the rest for a note, because a `#` stands in them."""
    document = problems.document
    if not _noted(document.text):
        return
    for it in found:
        loc: Any = it.loc
        rest = document.behind(loc)
        note = rest.strip()
        if not rest.startswith(" ") or not note.startswith("#") or (shown := document.text_at(loc))[:1] in ("", '"', "'", "|", ">") or "\n" in shown:
            continue
        loose = note[1:2] == " "
        if len(note) == 1 or (loose and (shown[-1] in ".!?…" or note[-1] not in ".!?…")):
            continue
        span = document.span(loc)
        from sim.scenario.reading.quoting import in_marks

        first = span.end_column + len(rest) - len(rest.lstrip())
        place = Span(span.path, span.line, first, first + len(note))
        meant = in_marks(shown + rest.rstrip())
        fix = Fix("put the whole text in quotation marks", (Edit(Span(span.path, span.line, span.column, place.end_column), meant),))
        problems.note(Diagnostic("T008", "warning", "what stands behind ` #` is a note and no part of the text", place,
                                 f"if it belongs to the text, put all of it in quotation marks: `{meant}`", None if loose else fix))


def _run_on(found: Sequence[Prose], problems: Problems) -> None:
    """Texts that go on over a line beginning with `- `, which was to be an item of a list."""
    for it in found:
        if " - " in it.text:
            from sim.scenario.reading.swallowed import told

            loc: Any = it.loc
            if (item := told(problems.document, loc, "T011")) is not None:
                problems.note(item)


def _noted(text: str) -> bool:
    """Whether a note stands behind something on its line."""
    at = text.find(" #")
    while at >= 0:
        before = text[text.rfind("\n", 0, at) + 1:at]
        if "#" not in before and before.strip():
            return True
        at = text.find(" #", at + 2)
    return False


def _marked(found: Sequence[Prose], problems: Problems) -> None:
    """Texts that stand as a whole in the quotation marks of a word processor, which are printed with them."""
    for it in found:
        # the line about an actor may be its own words
        if it.loc[-1] in ("dispatch", "title") and it.text[0] in _OPENING and it.text[-1] in (_OPENING[it.text[0]], '"') and not it.quoted \
                and not any(mark in it.text[1:-1] for mark in "“”„»«"):
            from sim.scenario.reading.quoting import in_marks

            problems.report("T010", f"the quotation marks around `{it.loc[-1]}` are printed with it", it.loc,
                            f"take them away, or type straight ones, which are not printed: `{in_marks(it.text[1:-1].strip())}`")


def _empty(bound: Bound, problems: Problems) -> None:
    """Dispatches that everybody would read and that say nothing."""
    value = problems.document.value
    for section in ("moves", "rules", "injects"):
        entries = value.get(section) if isinstance(value, dict) else None
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and "dispatch" in entry and not entry["dispatch"]:
                held = getattr(bound.scenario, section).get(name)
                if held is not None and getattr(held, "seen", "public") in ("public", "all"):
                    problems.note(Diagnostic("T009", "warning", "`dispatch` is empty", problems.document.key_span((section, name, "dispatch")),
                                             "write behind the colon what everybody reads, or take the key out"))


# -- words in braces


def _slots(found: Sequence[Prose], problems: Problems) -> None:
    for it in found:
        if "{" not in it.text and "}" not in it.text:
            continue
        slots = list(_SLOT.finditer(it.text))
        for slot in slots:
            word = slot.group(1)
            if word in it.slots:
                continue
            if it.slots == ("actor",) and word == "target":
                advice = "this has no addressee; name it, or give the move a `to:`"
            elif it.slots:
                known = ", ".join(f"`{{{w}}}`" for w in it.slots) if len(it.slots) < 4 else "`{track}`"
                advice = suggest(word, it.slots) + f"here {known} {'is' if len(it.slots) == 1 else 'are'} filled in"
            else:
                advice = "nothing is filled in here; write the word itself"
            problems.report("T001", f"`{{{word}}}` would be printed as it stands", (*it.loc, ("#", *slot.span())), advice)
        if it.text.count("{") == it.text.count("}") == len(slots):
            continue
        rest = _SLOT.sub(lambda slot: " " * len(slot.group()), it.text)
        for half in _HALF.finditer(rest):
            word = (half.group(1) or half.group(2) or "").lower()
            problems.report("T001", f"`{half.group()}` lacks its {'clos' if '{' in half.group() else 'open'}ing brace and would be "
                            "printed as it stands", (*it.loc, ("#", *half.span())),
                            f"write `{{{word}}}`" if word in it.slots else "put a brace on either side, or take this one away")


# -- names in two languages


def _languages(s: Scenario, problems: Problems) -> None:
    wanted: dict[str, None] = {language: None for it in s.names.values() for language in it.names}
    for nid, name in s.names.items():
        missing = [language for language in wanted if language not in name.names]
        if missing and len(wanted) > 1:
            problems.report("T005", f"`{name.house}` has no {missing[0].capitalize()} name", ("names", nid, "names"),
                            "give every disputed name in each language, the same one twice if both use it")


# -- loaded words and names of one side


class _Page:
    """Many texts as one."""

    def __init__(self, found: Sequence[Prose]) -> None:
        self.found = found
        self.whole = _BETWEEN.join([it.text for it in found])
        self._starts = [0, *accumulate(len(it.text) + 1 for it in found)]

    def at(self, word: str, text: str, *, begun: bool = False) -> Iterator[tuple[Prose, int, int, str]]:
        """Each place where a word stands alone (or, `begun`, begins a word): the text it is in, where, and what stands there."""
        for start, end in standing(word, text, begun=begun):
            n = bisect_right(self._starts, start) - 1
            first = start - self._starts[n]
            yield self.found[n], first, first + end - start, self.whole[start:end]


def standing(word: str, text: str, *, begun: bool = False) -> Iterator[tuple[int, int]]:
    """Where a word stands alone in a text; `begun`, where a word begins with it. Far faster than an expression."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        while begun and end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        if not (at and _in_a_word(text[at - 1])) and not (end < len(text) and _in_a_word(text[end])):
            yield at, end
        at = text.find(word, end)


def _in_a_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _words(s: Scenario, page: _Page, problems: Problems) -> None:
    for loaded, house in s.house_words.items():
        stem = loaded.rstrip("*")
        found = [hit for spelt in dict.fromkeys((stem, stem[:1].upper() + stem[1:])) if spelt in page.whole
                 for hit in page.at(spelt, page.whole, begun=loaded.endswith("*"))] if stem else []
        for it, start, end, words in found:
            if it.quoted or _in(_QUOTED, it.text, start) or _said(it.text, start):
                continue
            problems.report("T006", f"`{words}` takes a side here; the house word is `{house}`", _place(it, start, end),
                            "write the house word, or quote whoever says so, with the speaker")
    plain = page.whole
    for name in s.names.values():
        if len(name.house) > 3:
            plain = plain.replace(name.house, " " * len(name.house))
    for name in s.names.values():
        for language, word in name.names.items():
            # what is the house form itself, or a part of another house form's, takes no side
            if word == name.house or word not in plain:
                continue
            for it, start, end, words in page.at(word, plain):
                if not it.quoted and not _in(_QUOTED, it.text, start):
                    problems.report("T007", f"`{words}` is the {language.capitalize()} name alone", _place(it, start, end),
                                    f"write `{name.house}`, or quote whoever says so")


def _said(text: str, at: int) -> bool:
    """Whether the sentence up to a place tells what somebody says."""
    begun = max(text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n\n"))
    return _SAYING.search(text, max(0, begun), at) is not None


def _in(pattern: re.Pattern[str], text: str, at: int) -> bool:
    return any(hit.start() <= at < hit.end() for hit in pattern.finditer(text))


def _place(it: Prose, start: int, end: int) -> tuple[object, ...]:
    # a brief in a file of its own is shown where the scenario names it
    return (*it.loc, ("#", start, end)) if it.loc[-1] != "brief" else it.loc


# -- secrets


def _public_briefs(bound: Bound, texts: Mapping[str, str]) -> list[Prose]:
    out: list[Prose] = []
    for seat in bound.seats:
        written = bound.scenario.actors[seat].brief
        out += [Prose(("actors", seat, "brief"), part, open=True) for part in parts(texts.get(written, written)).public]
    return out


def _secrets(bound: Bound, page: _Page, briefs: Collection[Prose], problems: Problems) -> None:
    """What nobody may know by name, named where everybody reads."""
    s = bound.scenario
    called: dict[str, str] = {}
    for tid, track in s.tracks.items():
        variable = bound.words.variables.get(tid)
        if variable is None or variable.seen is None:
            continue
        for word in (tid, track.title):
            if _telling(word):
                called[word] = f"the track `{tid}`, which not everybody sees"
    for seat in bound.seats:
        for gid in s.actors[seat].goals:
            if "_" in gid:
                called[gid] = f"the goal `{gid}` of `{seat}`, which is its own"
    for word, what in called.items():
        if word not in page.whole:
            continue
        for it, start, end, words in page.at(word, page.whole):
            if it.open and it.loc[0] != "tracks":
                problems.report("V005", f"everybody reads `{words}` here: {what}", _place(it, start, end),
                                "say what can be seen from outside, or move it to a part that only the seat reads")
    for it in briefs:
        seat = str(it.loc[1])
        for cid in s.actors[seat].red_lines:
            title = s.clauses[cid].title if cid in s.clauses else ""
            if _telling(title) and title.lower() in it.text.lower():
                problems.report("V005", f"the public part of the brief speaks of `{title}`, a red line of `{seat}`", it.loc,
                                "a red line is its seat's own secret: move it under `# Confidential`")


def _telling(word: str) -> bool:
    """Whether a name is so much its own that it is meant wherever it stands: two words, or a dot or underscore."""
    return " " in word.strip() or "." in word or "_" in word
