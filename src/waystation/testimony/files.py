"""What a package says of a statement: every version by its commitment, also the withheld, and the claims it uses.

Nobody is named: witnesses, interpreters and makers stand in it by the codes that the caller gives, or not at all.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from waystation.testimony.claims import VERIFICATION, Claim, Relation, standing
from waystation.testimony.independence import in_words, independent
from waystation.testimony.versions import Version, check, quotable

WITHHELD = "withheld"


def statement_file(code: str, versions: Sequence[Version], shown: Collection[int], *, inducement: str,
                   interviews_before: int, language: str = "") -> dict[str, bytes]:
    """`statement.json` and one text for each version that is shown. Raises `Overwritten`; `ValueError` for a draft.

    A version that is not shown is listed with its commitment, so that none is silently absent.
    """
    check(versions)
    if wrong := [n for n in shown if quotable(versions, n) is not None]:
        raise ValueError(f"version {wrong[0]} is no words of a witness, or a machine's draft: it is not shown")
    said = {
        "statement": code, "language": language, "inducement": inducement, "interviews_before": interviews_before,
        "versions": [_version(one, one.n in shown) for one in versions],
        "recantation": [{"n": one.n, "day": one.day.isoformat(), "circumstances": dict(one.circumstances)}
                        for one in versions if one.kind == "recantation"],
    }
    texts = {f"v{one.n}.txt": one.text.encode() for one in versions if one.n in shown}
    return {"statement.json": _json(said), **texts}


def claims_file(used: Iterable[Claim], others: Iterable[Claim], relations: Iterable[Relation],
                versions: Mapping[str, Sequence[Version]], denials: Iterable[Mapping[str, str]]) -> bytes:
    """`claims.json`: each claim that is used, with its label. The label of a single source cannot be left out.

    `others` are claims that are known beside them: they are counted as sources, and their words are not written.
    `versions` by witness code. A restricted text is not written: it says so.
    """
    said = tuple(relations)
    mine = [replace(one, status=standing(one, versions.get(one.witness, ()))) for one in used]
    keys = [one.id for one in mine]
    everything = [*mine, *(one for one in others if one.id not in keys)]
    found = []
    for one in mine:
        count = independent(one, everything, said)
        found.append({
            "claim": one.id, "says": WITHHELD if one.restricted else one.says, "how_known": one.how_known,
            "certainty": one.certainty, "status": one.status, "version": one.n,
            "span": [one.start, one.end], "sources": in_words(count), "verification": VERIFICATION[count.verification],
            "single_source": count.single})
    linked = [{"kind": one.kind, "claims": sorted((one.one, one.other)), "why": one.why} for one in said
              if {one.one, one.other} <= set(keys)]
    return _json({"claims": found, "relations": linked, "denials": [dict(one) for one in denials]})


def _version(one: Version, shown: bool) -> dict[str, Any]:
    return {"n": one.n, "kind": one.kind, "language": one.language, "from": one.of, "day": one.day.isoformat(),
            "method": one.method, "machine": one.machine, "commit": one.commit,
            "file": f"v{one.n}.txt" if shown else WITHHELD} | ({"salt": one.salt} if shown else {})


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
