"""authoring: the interview of `detente new`: its questions, what the answers come to, and the scenario they make."""
