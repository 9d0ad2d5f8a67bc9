"""Authors' mistakes, one file each, with the report that `detente check` prints beside it.

`python -m tests.scenario.broken` writes the reports anew; read them before they are kept. They are prose: would somebody
who never programmed know what to do next?
"""
