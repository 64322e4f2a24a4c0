"""The first page of a package: what it is, what it shows and what not, and what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .verify_text import Proof

if TYPE_CHECKING:
    from .package import Asked

HEAD = """\
EVIDENCE PACKAGE {name}                                                     증거 묶음 {name}
For / 받는 이: {recipient}
Purpose / 목적: {purpose}
Day / 날짜: {day}    Mark of this copy / 이 사본의 표시: {mark}

It shows that these files have not changed since they were taken in, when they were known, and who handled them.
It does not show that what they say is true.
이 묶음은 파일이 접수 뒤 바뀌지 않았고 언제부터 있었으며 누가 다루었는지를 보여 줍니다. 내용이 참임을 보이지는 않습니다.
It was given to one recipient for one purpose; pass nothing on. How to check it / 확인 방법: VERIFY.txt
"""


def index_text(asked: Asked, proofs: Sequence[Proof]) -> str:
    """The page, as plain text."""
    lines = [HEAD.format(name=asked.name, recipient=asked.recipient, purpose=asked.purpose, day=asked.day.isoformat(),
                         mark=asked.mark)]
    stamped = {one.week: sorted(one.tokens) for one in asked.lists}
    for one in asked.exhibits:
        lines.append(f"{one.code}  " + ", ".join(f"{name}: {value}" for name, value in one.facts.items() if value))
        if one.original is not None:
            lines.append(f"    original  {one.original.path}")
        else:
            lines.append("    original withheld; its commitment stands in the custody / 원본은 주지 않음")
        lines += [f"    {copy.number}  {copy.file.path}  ({copy.operations})" for copy in one.copies]
        for proof in proofs:
            if proof.exhibit == one.code:
                lines.append(f"    {proof.what}: {_when(proof, stamped)}")
    lines += [f"statement  {one.path}" for one in asked.more]
    if asked.alone:
        lines += ["", f"No consent is named / 동의 기록 없음: {asked.alone}"]
    return "\n".join([*lines, ""])


def _when(proof: Proof, stamped: dict[str, list[str]]) -> str:
    if not proof.week:
        return "in no list of a week yet / 아직 목록에 없음"
    slots = stamped.get(proof.week, [])
    stamps = f"stamped by {len(slots)}" if slots else "no stamp was brought back / 시각 인증 없음"
    return f"list {proof.week}, {stamps}"
