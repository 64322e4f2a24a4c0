"""Text of others as it is taken in: addresses and numbers of people in it go, and what surrounds an article too."""

import re

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w-])\+?\d[\d ()./-]{7,}\d(?![\w-])")
DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
BOILERPLATE = re.compile(
    r"^\s*(?:subscribe\b|sign up\b|share this\b|follow us\b|all rights reserved|read more\b|advertisement\b|cookie|"
    r"\d[\d,]* (?:comments|shares|views)\b|구독|뉴스레터|무단 ?전재|댓글 \d)", re.IGNORECASE)
LEFT_OUT = "[left out]"


def cleaned(text: str) -> str:
    r"""A text without mail addresses, telephone numbers and the lines around it that say nothing.

    >>> cleaned("She said so.\nSubscribe here!\nWrite to critic@paper.example or +82 2-555-0100, 2014-02-17.")
    'She said so.\nWrite to [left out] or [left out], 2014-02-17.'
    """
    lines = [line for line in text.splitlines() if not BOILERPLATE.match(line)]
    said = MAIL.sub(LEFT_OUT, "\n".join(lines))
    return PHONE.sub(lambda found: found[0] if DAY.fullmatch(found[0].strip()) else LEFT_OUT, said)
