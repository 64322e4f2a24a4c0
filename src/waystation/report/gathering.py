"""Rows that say the same are said once: judgements by author and basis, legs taken out by reason, warnings by words."""

import re
from dataclasses import dataclass
from datetime import date

from waystation.planning.results import Answer, Assessment

_OF_A_CODE = re.compile(r"(?P<code>[A-Z0-9][A-Z0-9-]*): (?P<words>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one expert said on one day on one basis. `covers` holds each matter and its share of the danger shown."""

    author: str
    stated: date
    basis: str
    covers: tuple[tuple[str, float | None], ...]


def judgements(told: Assessment) -> tuple[Judgement, ...]:
    """The expert statements, gathered; what carries most of the danger first, as it comes."""
    found: dict[tuple[str, date, str], list[tuple[str, float | None]]] = {}
    for prior in told.priors:
        found.setdefault((prior.author, prior.stated, prior.basis), []).append((prior.covers, prior.share))
    return tuple(Judgement(*key, tuple(covers)) for key, covers in found.items())


def taken_out(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Why legs were taken out, and which; what is forbidden to everybody first."""
    found: dict[tuple[bool, str], list[str]] = {}
    for veto in answer.vetoes:
        key = (not veto.forbidden, f"never: {veto.reason}" if veto.forbidden else veto.reason)
        found.setdefault(key, []).append(f"{veto.place} to {veto.to} ({veto.leg})")
    return tuple((reason, ", ".join(legs)) for (_, reason), legs in sorted(found.items(), key=lambda item: item[0][0]))


def warnings(answer: Answer) -> tuple[str, ...]:
    """Warnings that differ only in the code before their colon become one.

    >>> from waystation.report.gathering import gathered
    >>> gathered(("CN-A: all from one origin.", "CN-B: all from one origin.", "Areas are independent."))
    ('CN-A, CN-B: all from one origin.', 'Areas are independent.')
    """
    return gathered(answer.warnings)


def gathered(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Sentences of the form "CODE: words" with the same words, as one; order of first appearance kept."""
    found: dict[str, list[str]] = {}
    for sentence in sentences:
        of = _OF_A_CODE.fullmatch(sentence)
        found.setdefault(of["words"] if of else sentence, []).append(of["code"] if of else "")
    return tuple(f"{', '.join(dict.fromkeys(codes))}: {words}" if codes[0] else words for words, codes in found.items())
