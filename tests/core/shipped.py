"""The shipped worlds as tests ask them: books, questions as the command line puts them, and plans."""

from dataclasses import dataclass, replace
from functools import cache

from waystation import worlds
from waystation.cli.arguments import parser
from waystation.cli.inputs import Question, question
from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.files import read_book
from waystation.network.rows import RouteBook
from waystation.planning.plan import Plan, plan
from waystation.planning.results import Refused
from waystation.trust.truth import beliefs


@dataclass(frozen=True)
class Made:
    """A plan, or why there is none, and the question it answers."""

    asked: Question
    plan: Plan


@cache
def book(name: str) -> RouteBook:
    return read_book(worlds.world(name))


@cache
def ask(name: str, which: str) -> Question:
    return question(parser().parse_args(["plan", name, "--party", which]))


def planned(name: str, which: str, changed: RouteBook | None = None, **terms: object) -> Plan:
    """The plan of a shipped party; of a changed book, on other terms."""
    found = attempt(name, which, changed, **terms)
    assert not isinstance(found, Refused)
    return found


def attempt(name: str, which: str, changed: RouteBook | None = None, **terms: object) -> Plan | Refused:
    asked = ask(name, which)
    net = asked.net if changed is None else network_of(changed)
    return plan(net, fit(net, now=asked.now), beliefs(net, now=asked.now), asked.party, replace(asked.terms, **terms),
                now=asked.now)
