"""report: the paper twin of a scenario: every sheet that a class needs, each one page of HTML that prints as it stands.

What delegations may hold and what the facilitator alone may hold lie in two folders, so that nothing is handed out by
mistake. The pages carry their own style and name no outside address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from sim.authoring.english.mirror import english
from sim.authoring.english.moves import Deeds
from sim.authoring.english.phrases import Phrases
from sim.report.forms import tiers
from sim.report.packets import Packet, articles, gauges, packet, provisions
from sim.report.plan import Plan, plan
from sim.report.wall_map import legend, picture, tall
from sim.scenario.bind.map import BoundMap
from sim.scenario.conditions import bind_linear, parse_linear
from sim.words.catalog import Catalog, sentence, spaced
from sim.words.map import Cartographer
from sim.words.sources import Dossiers

PLAYERS: Final = "class"
FACILITATOR: Final = "facilitator"
_MADE: Final = "Printed with Detente, a simulator of diplomatic crises."


@dataclass(frozen=True)
class Paper:
    """Everything about one scenario that is printed, for one plan and one length of brief."""

    catalog: Catalog
    files: Mapping[str, str]
    """The scenario's own; its briefs are read."""
    dossiers: Dossiers
    drawn: BoundMap | None = None
    preset: str = ""
    short: bool = False
    called: str = ""
    """What the scenario is called on the command line; its id unless said."""

    def sheets(self) -> dict[str, str]:
        """File name, with its folder, and content of every sheet, `index.html` first."""
        players = {
            f"{PLAYERS}/public.html": ("Public briefing", "one each", self._public()),
            f"{PLAYERS}/schedule.html": ("Schedule", "one for the wall", self._page("schedule")),
        }
        for it in self.packets:
            players[f"{PLAYERS}/packet-{it.seat}.html"] = (
                f"Packet of {it.name}", "one for each member, handed to this delegation alone", self._page("packet", it=it))
            players[f"{PLAYERS}/orders-{it.seat}.html"] = (
                f"Order forms of {it.name}", f"the first page {-(-self.plan.rounds // 2)} times, the list once a member",
                self._orders(it))
        if self.drawn is not None:
            players[f"{PLAYERS}/map.html"] = ("Map", "one for the wall, as large as you can", self._map(self.drawn))
        if self.catalog.scenario.about.rubric:
            players[f"{PLAYERS}/rubric.html"] = ("Rubric", "one each", self._rubric())
        own = {f"{FACILITATOR}/guide.html": ("Facilitator's guide", "one", self._guide())}
        if self.catalog.scenario.injects:
            own[f"{FACILITATOR}/injects.html"] = ("Inject cards", "one, to be cut", self._injects())
        own[f"{FACILITATOR}/whole.html"] = ("The whole scenario in plain English", "none: to look things up", self._whole())
        index = self._page("index", players=[(file, title, many) for file, (title, many, _) in players.items()],
                           facilitator=[(file, title, many) for file, (title, many, _) in own.items()])
        return {"index.html": index, **{file: page for file, (_, _, page) in (*players.items(), *own.items())}}

    # -- parts that several sheets share

    @cached_property
    def plan(self) -> Plan:
        """The lesson."""
        return plan(self.catalog, self.preset)

    @cached_property
    def packets(self) -> tuple[Packet, ...]:
        """Every seat's packet."""
        return tuple(packet(self.catalog, self.files, seat, short=self.short) for seat in self.catalog.bound.seats)

    @cached_property
    def _templates(self) -> Environment:
        found = Environment(loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined,
                            trim_blocks=True, lstrip_blocks=True)
        css = found.loader.get_source(found, "paper.css")[0] if found.loader else ""
        found.globals |= {
            "css": Markup(css), "made": _MADE, "scenario": self.catalog.scenario.title, "id": self.called or self.catalog.scenario.id,  # noqa: S704 the package's own file
            "about": self.catalog.scenario.about, "orders": self.catalog.scenario.clock.orders, "short": self.short,
            "plan": self.plan, "mapped": self.drawn is not None, "markdown": _markdown, "draft": bool(self.catalog.scenario.clauses),
            "human_cost": self._human_cost()}
        return found

    def _page(self, template: str, **values: object) -> str:
        return self._templates.get_template(f"{template}.html").render(**values)

    def _human_cost(self) -> str:
        cost = self.catalog.scenario.human_cost
        conditions = self.catalog.bound.words.conditions()
        return Phrases(self.catalog).linear(bind_linear(parse_linear(cost), conditions)) if cost else ""

    # -- sheets

    def _public(self) -> str:
        return self._page("public", packets=self.packets, gauges=gauges(self.catalog), provisions=provisions(self.catalog),
                          articles=articles(self.catalog), terms=tuple(self.catalog.scenario.names.values()))

    def _map(self, drawn: BoundMap) -> str:
        model = Cartographer(self.catalog, drawn).blank()
        views = [{"title": frame.title, "text": frame.text, "tall": tall(frame),
                  "picture": Markup(picture(model, frame))}  # noqa: S704 made here, names escaped
                 for frame in model.views]
        signs = [(Markup(swatch), text) for swatch, text in legend(model, model.views[0])]  # noqa: S704 made here
        return self._page("map", views=views, legend=signs, note=sentence(model.note), credit=sentence(model.credit))

    def _orders(self, it: Packet) -> str:
        kinds = {(m.id, m.question.partition(".")[0]) for m in self.catalog.bound.moves if m.seat == it.seat}
        return self._page("orders", it=it, tiers=tiers(self.catalog, it.seat), asked=any(q == "offer" for _, q in kinds),
                          tables=any(m == "table" for m, _ in kinds), consents=any(q == "clause" for _, q in kinds))

    def _rubric(self) -> str:
        rubric = self.catalog.scenario.about.rubric
        return self._page("rubric", rubric=[(sentence(spaced(k)).rstrip("."), v) for k, v in rubric.items()])

    def _injects(self) -> str:
        deeds = Deeds(self.catalog, _marks)
        cards: list[tuple[str, list[str]]] = []
        for paragraph in deeds.events():
            if paragraph.startswith("### "):
                cards.append((paragraph[4:], []))
            else:
                cards[-1][1].append(paragraph)
        return self._page("injects", cards=[(title, _markdown("\n\n".join(text))) for title, text in cards])

    def _guide(self) -> str:
        scenario, phrases = self.catalog.scenario, Phrases(self.catalog)
        endings = []
        for bound in self.catalog.bound.endings:
            it = scenario.endings[bound.id]
            when = "The clock has run out and no other holds." if it.otherwise else sentence(phrases.condition(bound.when))
            endings.append((it.title, when, sentence(it.note)))
        deeds = Deeds(self.catalog, _marks)
        injects = [(it.title, sentence(deeds.asked(iid) or "The story has begun"), sentence(it.expected))
                   for iid, it in scenario.injects.items()]
        return self._page("guide", endings=endings, injects=injects)

    def _whole(self) -> str:
        told = english(self.catalog, self.files, self.dossiers).partition("\n\n")[2]
        return self._page("whole", mirror=_markdown(told))


def _markdown(text: str) -> Markup:
    """Markdown as HTML; tags in it are shown as text."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text))  # noqa: S704 rendered without raw HTML


def _marks(ids: Iterable[str]) -> str:
    claims = [claim for claim in dict.fromkeys(ids) if claim]
    if not claims:
        return ""
    return "*Invented for this scenario.*" if claims == ["invented"] else f"*Sources: {', '.join(c for c in claims if c != 'invented')}.*"
