"""authoring: a story as the document of a scenario file, in the order of the format, with comments for its author."""

from __future__ import annotations

from typing import Any

from sim.authoring.interview.actors import actor
from sim.authoring.interview.course import endings, injects, rules
from sim.authoring.interview.era import REMEMBERED
from sim.authoring.interview.moves import moves
from sim.authoring.interview.offers import clauses, draft, offers
from sim.authoring.interview.story import Story, inside
from sim.authoring.interview.written_yaml import Noted, written

Block = dict[str, Any]
MODELINE = "yaml-language-server: $schema=scenario.schema.json"


def scenario(story: Story) -> str:
    """The text of `scenario.yaml`."""
    return written(document(story), _head(story))


def document(story: Story) -> Block:
    """The document with its comments; sections that the story does not need are left out."""
    made: Block = {
        "format": 1, "id": story.id, "title": story.title,
        "clock": Noted({"start": story.start, "legs": {"play": {"title": "The quarrel", "rounds": story.rounds,
                                                                "step": f"{story.days} days"}}, "orders": 2},
                       "A round is one turn, in which every seat files up to two orders." + (
                           "\nThe briefs name the day of the deadline: change it there too." if story.day else ""), "When"),
        "about": Noted(_about(story), "What the library shows, and what a class talks about afterwards."),
        "groups": Noted(_groups(story), "Names for several actors; moves and conditions may use them.", "Who"),
        "actors": Noted({side.id: actor(story, side) for side in story.seats},
                        "A seat is scored by its goals, each from 0 to 100, by their weights. Goals that pull against each "
                        "other make the choice: nobody can have all of them.\n"
                        "`policy` says how an automatic player plays the seat: a weight per move, multiplied while a "
                        "condition holds."),
        "human_cost": Noted("4 * damage", "Taken from every goal of every seat: nobody gains by it.")
        if story.accident else None,
        "tracks": Noted(_tracks(story), "What rises and falls. `seen: own` means that only the actor in the name sees it; "
                                        "the others reckon with its start.", "What moves"),
        "flags": _flags(story),
        "agreements": Noted(_agreements(story), "What they once promised, with the status of each article.",
                            "What was agreed") if story.agreement else None,
        "phases": Noted(_phases(story), "The first step that holds is taken, once a round.", "How the situation changes"),
        "moves": Noted(moves(story), "Each move gains something and costs something; look at both before you change a "
                                     "number. `detente explore` says which move has become too good or useless.\n"
                                     "A branch with `when` happens only while that holds; `rest` is what is left.",
                       "What seats can do"),
        "offers": Noted(offers(story), "In an answer `actor` is who answers and `target` who had offered.")
        if offers(story) else None,
        "draft": Noted(draft(story), "A clause is tabled, then agreed or put into brackets; what is agreed can be signed.",
                       "The text") if story.points else None,
        "clauses": Noted(clauses(story), "`worth` is what a clause is worth to each seat, 0 to 10; only that seat sees it.")
        if story.points else None,
        "rules": Noted(rules(story), "These happen by themselves when a round closes.", "What happens by itself"),
        "injects": Noted(injects(story), "Released once, in the first round in which `when` holds."),
        "endings": Noted(endings(story), "Tested in this order after every round; the last is for when time runs out.",
                         "How it can end"),
        "expect": Noted([f"{ending} can happen" for ending in endings(story)],
                        "Promises that `detente check --expect` holds you to when you change something."),
    }
    return {key: value for key, value in made.items() if value}


def _head(story: Story) -> str:
    where = ("Every `source: invented` is a place to name a source: a claim id of a dossier, once you have written one."
             if story.historical else "Everything in it is invented.")
    return (f"{MODELINE}\n{story.title}: a scenario for {len(story.seats)} seats, made with `detente new`.\n"
            f"{where} Change whatever you like; `detente check` reads it again.\n"
            "answers.yaml holds what was answered: until you change a file, `detente new FOLDER --again` makes all of them anew.")


def _about(story: Story) -> Block:
    blurb = (f"{story.names} quarrel about {story.quarrel}. Each can do something that no other can, and each has something "
             "of its own to lose.")
    note = Noted(_content_note(story)) if story.historical else None
    made: Block = {
        "blurb": blurb, "minutes": {"play": 2 * story.rounds}, "seats": [side.id for side in story.seats], "level": 1,
        "kind": "historical" if story.historical else "fictional",
        "teaches": ["What pleases at home can cost elsewhere.", "A step that is answered is worth more than a larger one "
                                                                "that is not."],
        "content_note": note,
        "questions": ["Which of your orders would you take back, and in which round?",
                      "What did another seat need from you, and when did you notice?",
                      "Who gained from the tension, and for how long?"],
    }
    return {key: value for key, value in made.items() if value is not None}


def _content_note(story: Story) -> str:
    if story.year >= REMEMBERED:
        return ("A case that people remember: some of them, or their families, may be in reach of your school. Say what is "
                "documented and what was written for the game.")
    return ("A case from a time that nobody remembers. Say what is documented, by whom and for whom it was written down, whose "
            "voice is missing in it, and what was written for the game.")


def _groups(story: Story) -> Block:
    return {"parties": [side.id for side in story.sides],
            "more": [side.id for side in story.wanting(more=True)],
            "less": [side.id for side in story.wanting(more=False)]}


# -- tracks, agreements, phases


def _tracks(story: Story) -> Block:
    made: Block = {
        "tension": {"title": "Tension", "text": "How close the quarrel is to a break.", "start": 50, "better": "low",
                    "drift": {"to": 45, "by": 2}},
        story.track: {"title": story.stake, "text": f"At 0, {story.low}; at 100, {story.high}.", "start": 50},
    }
    for side in story.sides:
        made[side.at_stake] = {"title": side.loss, "text": f"What {side.name} can lose. At 100 all of it is safe, at 0 it is "
                               "lost; it gets less while nothing is settled.", "start": 60, "better": "high"}
    for side in story.sides:
        made[f"{side.id}.standing"] = {"title": f"{side.name if len(side.name) <= 18 else side.code} at home",
                                       "text": f"How those who speak for {side.name} stand with their own people.", "start": 50,
                                       "better": "high", "seen": "own"}
    if story.mediator:
        made[f"{story.mediator.id}.credit"] = {"title": "The mediator's credit", "text": "How far the sides believe "
                                               f"{story.mediator.name}.", "start": 50, "better": "high"}
    if story.accident:
        made["damage"] = {"title": "Damage", "text": "What accidents have cost so far.", "max": 10, "better": "low"}
    return {name: story.cited(track) for name, track in made.items()}


def _flags(story: Story) -> Block:
    made: Block = {"broken": {"text": "There is a one-sided act that nobody has mended."}}
    if story.talking:
        made["talking"] = {"text": "An offer to talk or to deal has been accepted."}
    if story.deal:
        made["deal_made"] = {"text": "A deal has been accepted."}
    if story.ultimatum:
        made["gave_way"] = {"per": ["parties"], "text": "Has given way to an ultimatum."}
    if story.points:
        made["text_signed"] = {"text": "The text has been signed."}
    if story.day:
        made["day_passed"] = {"text": f"The day has passed on which {story.day}."}
    return made


def _agreements(story: Story) -> Block:
    steps = [{"to": "breached", "except": "breached", "when": "broken", "dispatch":
              f"The first article of {inside(story.agreement)} no longer holds; each side says that it was not the first."},
             {"to": "restored", "from": "breached", "when": "not broken",
              "dispatch": f"The first article of {inside(story.agreement)} is kept again."}]
    return {"standing_agreement": {
        "title": story.agreement, "by": [side.id for side in story.sides], "source": "invented",
        "provisions": {"promise": {"point": "1", "title": "The first article", "text": story.promise,
                                   "binds": [side.id for side in story.sides], "status": "observed", "steps": steps,
                                   **({"source": "invented"} if story.historical else {})}}}}


def _phases(story: Story) -> Block:
    if story.phases == "crisis":
        return {"start": "strained", "states": {
            "calm": {"title": "Calm", "text": "People talk of other things.", "entered": "It has become quieter."},
            "strained": {"title": "Strained", "text": "Every sentence is weighed.", "entered": "The mood is strained."},
            "crisis": {"title": "Crisis", "text": "One more push may end it all.", "entered": story.era.alarm}},
            "steps": [{"to": "crisis", "except": "crisis", "when": "tension >= 70"},
                      {"to": "calm", "except": "calm", "when": "tension <= 35"},
                      {"to": "strained", "except": "strained", "when": "tension > 40 and tension < 65"}]}
    if story.phases == "talks":
        talking = "talking" if story.talking else "tension <= 45"
        begun = [f"{point.id} is not absent" for point in story.points]
        when = " or ".join([talking, *begun])
        return {"start": "apart", "states": {
            "apart": {"title": "Apart", "text": "They talk about each other.", "entered": "Nobody talks to anybody."},
            "talking": {"title": "Talking", "text": "They talk to each other.", "entered": "The sides are talking."},
            "close": {"title": "Close", "text": "They listen to each other.", "entered": "The sides have come closer."}},
            "steps": [{"to": "apart", "except": "apart", "when": "tension >= 70"},
                      {"to": "close", "from": "talking", "when": "tension <= 40"},
                      {"to": "talking", "from": "close", "when": "tension > 48"},
                      {"to": "talking", "from": "apart", "when": ["tension < 65", when] if begun else
                       f"{when} and tension < 65" if when != "tension <= 45" else when}]}
    return {"start": "words", "states": {
        "words": {"title": "Words", "text": "So far everybody has only spoken.", "entered": "Acts have given way to words."},
        "measures": {"title": "Measures", "text": "A one-sided act stands, and the next is being weighed.", "entered": "Acts have followed the words."},
        "brink": {"title": "Brink", "text": "One more push may end it all.", "entered": "Everything is at stake now."}},
        "steps": [{"to": "brink", "except": "brink", "when": "tension >= 75"},
                  {"to": "measures", "from": ["words", "brink"], "when": f"{story.breached} and tension < 72"},
                  {"to": "words", "from": ["measures", "brink"], "when": f"{story.kept} and tension < 68"}]}
