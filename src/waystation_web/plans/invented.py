"""The plan that every demonstration shows: the family of the invented world, planned by the core like any other."""

from __future__ import annotations

from waystation.planning.results import Answer

WORLD, PARTY = "long-way", "family"


def invented_plan() -> Answer:
    """The answer to the shipped question: two to three seconds of work. Nothing real goes into it."""
    from waystation.cli import arguments, inputs  # the solver is loaded by the one act that needs it
    from waystation.planning.answer import answer

    asked = inputs.question(arguments.parser().parse_args(["plan", WORLD, "--party", PARTY]))
    told = answer(asked.net, asked.party, asked.terms, now=asked.now)
    if not isinstance(told, Answer):
        raise TypeError("the shipped world was refused, and its tests say that it is planned")
    return told
