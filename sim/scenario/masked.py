"""scenario: the masked edition of a scenario: the same rules under invented names, loadable like any other.

`masked.yaml` beside a scenario says which words become which, in texts, ids and names of files alike; rules and numbers
stay, so that a masked match can be compared with one under the real names. What would give the names away again (the map, the
sources, the table of disputed names, the record of what happened) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import yaml

from sim.errors import ScenarioError, UsageError
from sim.scenario.names import MAIN, MASKED

if TYPE_CHECKING:
    from sim.scenario.load import Loaded
    from sim.scenario.models import Masked, Scenario

_LEFT_OUT: Final = frozenset({"dossiers", "names", "source", "house_words"})
"""Keys that point to sources or hold real names."""
_DATE: Final = re.compile(r"(?<![\w-])(\d{4})(-\d\d-\d\d)(?![\w-])")


def masked(found: Loaded) -> dict[str, str]:
    """The files of the masked edition.

    Raises `UsageError` if the scenario has none, or if a name of an actor or a disputed name is not masked by it;
    `ScenarioError` if either file has errors.
    """
    scenario, _ = found.usable()
    edition = _edition(found)
    replaced = _replacer(edition.words)
    bare = [name for name in _telling(scenario) if replaced(name) == name]
    if bare:
        raise UsageError(f"The masked edition would show {', '.join(f'“{name}”' for name in bare)}; give "
                         f"{'it' if len(bare) == 1 else 'each'} another name in {MASKED}.", "D347")
    value = _mapped(found.documents[MAIN].value, replaced)
    value |= {"id": edition.id, "title": edition.title}
    value["about"] = {**value.get("about", {}), "kind": "fictional"}
    out = {MAIN: yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)}
    for name, text in found.files.items():
        if name.endswith(".md"):
            out[replaced(name)] = replaced(text)
        elif name == "par.yaml":
            out[name] = replaced(text)
    return out


def _edition(found: Loaded) -> Masked:
    from sim.scenario.form.validation import validated
    from sim.scenario.reading.document import read

    text = found.files.get(MASKED)
    if text is None:
        raise UsageError(f"{found.label} has no masked edition; write one as {MASKED} beside the scenario.", "D347")
    document = found.documents.get(MASKED) or read(MASKED, text.encode())
    edition, wrong = validated("masked", document.value, document)
    if edition is None:
        raise ScenarioError((*document.diagnostics, *wrong), {document.path: document.text})
    return edition


def _replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    """Replaces whole words, the longer before the shorter; years also inside dates."""
    longest = sorted(words, key=len, reverse=True)
    found = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalnum() else re.escape(word)
                                for word in longest))

    def replaced(text: str) -> str:
        dated = _DATE.sub(lambda m: words.get(m[1], m[1]) + m[2], text)
        return found.sub(lambda m: words[m[0]], dated)

    return replaced


def _telling(scenario: Scenario) -> Iterator[str]:
    """What would say who is meant: seats by id, name, capital, adjective and code, and disputed names."""
    for seat, actor in scenario.actors.items():
        if actor.goals:
            yield from filter(None, (seat, actor.name, actor.capital, actor.adjective, actor.code))
    for place in scenario.names.values():
        yield place.house


def _mapped(value: Any, replaced: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, list):
        return [_mapped(item, replaced) for item in value]
    if isinstance(value, dict):
        return {_mapped(key, replaced): _mapped(item, replaced) for key, item in value.items() if key not in _LEFT_OUT}
    return value
