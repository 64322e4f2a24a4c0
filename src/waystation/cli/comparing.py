"""`waystation what-if`: what would change for a party if the world were otherwise. It compares; people decide."""

from argparse import Namespace

from waystation.cli.inputs import bytes_of, question
from waystation.cli.outputs import as_json, may_write, note, progress, say, say_json, write
from waystation.cli.verbs import DONE, DUTY, NOT_KNOWN
from waystation.network.changing import read_change
from waystation.planning.results import Knowledge, Refused
from waystation.planning.what_if import what_if as compare
from waystation.report.what_if import what_if_facts, what_if_text
from waystation.report.words import refusal_facts, refusal_text


def what_if(given: Namespace) -> int:
    """Read the book, the party and the change, live through both, say it. 1 where there is no plan or nothing known."""
    asked = question(given)
    book = asked.net.book
    if given.out is not None:
        may_write(given.out, fictional=book.book.fictional, recipients=given.recipient)
    if not book.book.fictional:
        note(DUTY)
    change = read_change(bytes_of(given.change, identity=given.identity), book, name=str(given.change))
    told = compare(book, change, asked.party, asked.terms, now=asked.now, draws=given.draws, seed=given.seed,
                   show_expert=given.show_expert, progress=progress)
    progress("")
    facts = refusal_facts(told) if isinstance(told, Refused) else what_if_facts(told)
    if given.out is not None:
        write(given.out, as_json(facts).encode(), fictional=book.book.fictional, recipients=given.recipient,
              yes=given.yes)
        note(f"Written: {given.out}")
    if given.json:
        say_json(facts)
    else:
        say(refusal_text(told) if isinstance(told, Refused) else what_if_text(told, book, asked.terms))
    known = not isinstance(told, Refused) and told.known in (Knowledge.THIN, Knowledge.MEASURED)
    return DONE if known else NOT_KNOWN
