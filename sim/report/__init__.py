"""report: a scenario or a match on paper: the paper twin for a class, the plan of a lesson, the transcript.

Everything here is a projection: of a scenario's texts, or of what a viewer heard of a match.
"""
