"""batch: many games of one scenario: what can happen in it at all, proved, found or searched for, and how often.

reach(game) -> Reach          a sound bound of everything that can happen, round by round
explore(game, …) -> Explored  seeded play and directed search, with a line of play for each thing that happened
odds(game, seed, …) -> Odds   how often each ending comes, with intervals; exact where a scenario is very small
"""
