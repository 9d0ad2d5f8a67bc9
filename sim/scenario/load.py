"""scenario: a scenario folder or file becomes a checked, bound scenario and a list of diagnostics."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import Diagnostic, ScenarioError, UsageError, arranged
from sim.scenario.geometry import SHAPES
from sim.scenario.names import MAIN, MAP, MASKED, beside
from sim.scenario.reading.document import Document, read, read_prose

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.map import BoundMap
    from sim.scenario.models import History, Persona, Scenario
    from sim.scenario.remainder import Remainder

BESIDE = ("par.yaml", "history.yaml", MAP, SHAPES, MASKED)
TEXTS = (".md",)
LARGEST_TEXT = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario as far as it could be read."""

    label: str
    """What the user called it."""
    files: dict[str, str]
    """Names within the folder and their texts; enough to load it again anywhere."""
    scenario: Scenario | None
    bound: Bound | None
    history: History | None
    diagnostics: tuple[Diagnostic, ...]
    documents: dict[str, Document] = field(default_factory=dict, repr=False, compare=False)
    map: BoundMap | None = field(default=None, repr=False, compare=False)
    """What stands in `map.yaml`, if there is one."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that keep it from being played."""
        return tuple(d for d in self.diagnostics if d.severity == "error")

    def usable(self) -> tuple[Scenario, Bound]:
        """The scenario and its binding; raises `ScenarioError` if it has errors."""
        if self.errors or self.scenario is None or self.bound is None:
            sources = {d.path: d.text for d in self.documents.values()}
            raise ScenarioError(self.errors, sources)
        return self.scenario, self.bound


def load(path: Path | Traversable, label: str = "") -> Loaded:
    """Load a scenario file, or a folder with `scenario.yaml` and what stands beside it.

    Author's mistakes become diagnostics; raises `UsageError` if there is nothing to read.
    """
    label = label or str(path)
    return load_bytes(contents(path, label), label)


def contents(path: Path | Traversable, label: str) -> dict[str, bytes]:
    """The files of a scenario as they stand, by name. Raises `UsageError` if there is nothing to read."""
    try:
        return _folder(path, label) if path.is_dir() else {MAIN: _content(path, label)}
    except OSError as problem:
        raise UsageError(f"{label} cannot be read ({problem.strerror or problem}); check the path and its permissions.",
                         "D301") from problem


def _content(path: Path | Traversable, label: str) -> bytes:
    if not path.is_file():
        raise UsageError(f"There is no scenario at {label}; give a file, a folder with {MAIN}, or an id from "
                         "`detente list`.", "D302")
    with path.open("rb") as stream:
        return stream.read(LARGEST_TEXT + 1)


def _folder(path: Path | Traversable, label: str) -> dict[str, bytes]:
    main = path / MAIN
    if not main.is_file():
        raise UsageError(f"The folder {label} holds no {MAIN}; {beside(path) if isinstance(path, Path) else ''}give a scenario file or a folder with one.", "D302")
    found = {MAIN: _content(main, label)}
    for name in BESIDE:
        if (path / name).is_file():
            found[name] = _content(path / name, label)
    briefs = path / "briefs"
    for item in sorted(briefs.iterdir(), key=lambda i: i.name) if briefs.is_dir() else []:
        if item.name.endswith(TEXTS):
            found[f"briefs/{item.name}"] = _content(item, label)
    return found


def load_files(files: Mapping[str, str], label: str) -> Loaded:
    """Load a scenario from texts, as a save embeds them."""
    return load_bytes({name: text.encode("utf-8") for name, text in files.items()}, label)


def load_bytes(files: Mapping[str, bytes], label: str) -> Loaded:
    """Load a scenario from the contents of its files."""
    with _no_collection():
        return _load(files, label)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Loading makes many objects that stay and no garbage; looking for some took a tenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _load(files: Mapping[str, bytes], label: str) -> Loaded:
    documents: dict[str, Document] = {}
    diagnostics: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for name, data in files.items():
        if name.endswith(".yaml"):
            document = read(_path(label, name), data)
            documents[name] = document
            diagnostics.extend(document.diagnostics)
            texts[name] = document.text
        else:
            texts[name] = data.decode("utf-8", "replace")
            if name.endswith(TEXTS):
                # a line of a brief can be wrong too, and is shown and mended as a line of the scenario is
                documents[name] = read_prose(_path(label, name), data)
    main = documents[MAIN]
    # a text that nothing names is read by nobody
    diagnostics.extend(d for name, it in documents.items() if name.endswith(TEXTS) and name.rpartition("/")[2] in main.text
                       for d in it.diagnostics)
    if not isinstance(main.value, dict):
        if main.rest is not None:
            from sim.scenario.form.validation import of_sections
            diagnostics.extend(of_sections(main))
        return Loaded(label, texts, None, None, None, arranged(diagnostics), documents)
    return _validated(label, texts, documents, diagnostics)


def _path(label: str, name: str) -> str:
    if name == MAIN and not Path(label).is_dir():
        return label
    return f"{label.rstrip('/')}/{name}"


def _validated(label: str, texts: dict[str, str], documents: dict[str, Document],
               diagnostics: list[Diagnostic]) -> Loaded:
    from sim.scenario.form.validation import validated
    value: dict[str, Any] = dict(documents[MAIN].value)  # type: ignore[call-overload]
    extra = documents.get("par.yaml")
    if extra is not None and isinstance(extra.value, dict):
        value["par"] = extra.value.get("par", {})
    history = None
    if "history.yaml" in documents and documents["history.yaml"].value is not None:
        history, found = validated("history", documents["history.yaml"].value, documents["history.yaml"])
        diagnostics.extend(found)
    if MASKED in documents and documents[MASKED].value is not None:
        diagnostics.extend(validated("masked", documents[MASKED].value, documents[MASKED])[1])
    scenario, bound, drawn, found = _bound(value, texts, documents, history)
    if found:
        from sim.scenario.misnamed import settled
        from sim.scenario.reading.swallowed import causes
        from sim.scenario.telling import without_consequences
        unread = [d for d in diagnostics if d.code[0] == "Y"]
        told = {(d.span.path, d.span.line) for d in unread if d.span}
        # of a file that is no text nothing else can be said, nor mended
        shut = {d.span.path for d in unread if d.span and d.code in ("Y007", "Y008")}

        def standing(found: list[Diagnostic]) -> list[Diagnostic]:
            found = causes(found, [d for d in documents.values() if isinstance(d.value, dict)])
            return [d for d in without_consequences([*unread, *found]) if d not in unread
                    and (d.span is None or ((d.span.path, d.span.line) not in told and d.span.path not in shut))]

        diagnostics.extend(settled(standing(found), value, documents[MAIN],
                                   lambda it: standing(_bound(it, texts, documents, history)[3])))
    return Loaded(label, texts, scenario, bound, history, arranged(diagnostics), documents, drawn)


def _bound(value: dict[str, Any], texts: Mapping[str, str], documents: Mapping[str, Document], history: History | None,
           ) -> tuple[Scenario | None, Bound | None, BoundMap | None, list[Diagnostic]]:
    """A scenario as far as its value can be bound, its map, and everything that is wrong with them."""
    from sim.scenario.bind import bind
    from sim.scenario.check import check_bound
    from sim.scenario.form.validation import validated
    from sim.scenario.telling import Telling
    scenario, found = validated("scenario", value, documents[MAIN])
    rest = None
    if scenario is None:
        from sim.scenario.remainder import Remainder
        rest = Remainder(value)
        if rest.scenario is None:
            return None, None, None, found
    problems = Telling(documents[MAIN], rest)
    bound = bind(scenario or rest.scenario, problems.report)  # type: ignore[arg-type, union-attr]
    check_bound(bound, texts, problems)
    drawn, wrong = _drawn(bound, texts, documents.get(MAP), rest)
    told = _told_of_history(bound, documents.get("history.yaml"), history) if rest is None else []
    if any(d.severity == "error" for d in problems.found):
        # a move whose branches or names are in doubt is no measure of the record
        told = [d for d in told if d.code not in ("R082", "R083")]
    return scenario, bound if scenario else None, drawn if scenario else None, [*found, *problems.found, *wrong, *told]


def _drawn(bound: Bound, texts: Mapping[str, str], document: Document | None,
           rest: Remainder | None) -> tuple[BoundMap | None, list[Diagnostic]]:
    """The map beside a scenario, if there is one that can be used, and what is wrong with it."""
    if document is None or document.value is None:
        return None, []
    from sim.scenario.bind.map import bind_map
    from sim.scenario.check import check_map
    from sim.scenario.form.validation import validated
    from sim.scenario.telling import Telling
    found, refused = validated("map", document.value, document)
    if found is None:
        return None, refused
    problems = Telling(document, rest)
    drawn = bind_map(found, bound, texts, problems.report)
    check_map(bound, drawn, problems)
    return drawn, problems.found


def _told_of_history(bound: Bound, document: Document | None, history: History | None) -> list[Diagnostic]:
    """What the record beside a scenario says that the scenario does not have."""
    if document is None or history is None:
        return []
    from sim.scenario.bind.history import bind_history
    from sim.scenario.telling import Telling
    problems = Telling(document)
    bind_history(history, bound, problems.report)
    found = problems.found
    if any(d.code == "R072" for d in found):
        # an offer that nothing opens any more was opened by the move that is missing
        shut = {f"`{kind}`" for kind in bound.scenario.offers if not bound.words.offer_pairs.get(kind)}
        found = [d for d in found if d.code != "R081" or not any(it in d.message for it in shut)]
    return found


def rebound(loaded: Loaded, personas: Mapping[str, Persona]) -> Bound:
    """The scenario bound again with other personas in some seats."""
    from sim.scenario.bind import bind
    scenario, _ = loaded.usable()

    def refuse(code: str, message: str, place: object, advice: str) -> None:
        if code[0] in "RE":
            raise UsageError(f"{message} ({code}). {advice}", code)

    return bind(scenario, refuse, dict(personas))
