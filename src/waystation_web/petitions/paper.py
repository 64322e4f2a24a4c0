"""A sheet to be signed by hand: what is asked of whom, lines for names, and what becomes of them."""

from __future__ import annotations

from datetime import date

from waystation.casework.retention import CLOCKS
from waystation.papers.paper import Paper, Paragraph, Section, Table

from .petition import Petition

LINES = 12
BEFORE = {
    "en": "Sheet number: ________   Write your own name only. Do not sign where that endangers you or your family.",
    "ko": "용지 번호: ________   자기 이름만 적으십시오. "
          "서명하면 본인이나 가족이 위험해지는 곳에서는 서명하지 마십시오.",
}
AFTER = {
    "en": "Your name is kept sealed and is not published. How many signed is published, and from which countries as "
          "far as nobody can be told from it. Names are destroyed {days} days after this is handed over.",
    "ko": "이름은 봉인하여 보관하며 공개하지 않습니다. 몇 명이 서명했는지, 그리고 누구인지 알 수 없는 범위에서 "
          "어느 나라인지만 공개합니다. 이름은 전달하고 {days}일 뒤에 없앱니다.",
}
WORDS = {
    "en": ("What we ask", "Signatures", ("No.", "Name", "Country", "Signature"), "What becomes of your name", "To"),
    "ko": ("우리가 요구하는 것", "서명", ("번호", "이름", "나라", "서명"), "이름은 어떻게 됩니까", "받는 곳"),
}


def sheet(petition: Petition, day: date) -> Paper:
    """One page to be printed as often as it is needed."""
    asks, heading, head, last, whom = WORDS[petition.language]
    demands = tuple(Paragraph(f"{number}. {one}") for number, one in enumerate(petition.demands, 1))
    lines = tuple((str(number), "", "", "") for number in range(1, LINES + 1))
    return Paper(
        title=petition.title, language=petition.language, day=day, addressee=(f"{whom}: {petition.addressed}",),
        sections=(Section(asks, (*(Paragraph(one) for one in petition.text.split("\n") if one.strip()), *demands)),
                  Section(heading, (Paragraph(BEFORE[petition.language]),), Table(head, lines)),
                  Section(last, (Paragraph(AFTER[petition.language].format(days=CLOCKS["signatures"].days)),))))
