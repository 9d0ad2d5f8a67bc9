"""rules: a short hash of a game's tables. Games with equal fingerprints play alike."""

from __future__ import annotations

from hashlib import blake2b

from sim.rules.tables import Game


def fingerprint(game: Game) -> str:
    """32 hex digits over every table that decides play; names of conditions and texts do not enter."""
    digest = blake2b(digest_size=16)
    moves = [move._replace(concerned=frozenset()) for move in game.moves]
    concerned = [sorted(move.concerned) for move in game.moves]
    seen = [None if who is None else sorted(who) for who in game.seen]
    rules = [[rule._replace(heard=None) for rule in each] for each in (game.open_rules, game.close_rules)]
    heard = [[None if rule.heard is None else sorted(rule.heard) for rule in each]
             for each in (game.open_rules, game.close_rules)]
    personas = [(name, [(sorted(p.moves.items()), sorted(p.leaving.items()), p.holding) for p in each])
                for name, each in sorted(game.personas.items())]
    for table in (game.id, game.names, game.lo, game.hi, game.start, game.estimate, seen, game.seats, game.attention,
                  game.picks, game.clock, game.atoms, game.conds, moves, concerned, game.questions, rules, heard, game.machines, game.endings, game.goals, personas):
        digest.update(repr(table).replace("frozenset()", "").encode())
        digest.update(b"\x1e")
    return digest.hexdigest()
