"""HTML in small pieces, every word of data escaped."""

from collections.abc import Iterable, Sequence
from html import escape


def section(title: str, *parts: str, kind: str = "", ident: str = "") -> str:
    """A titled section; empty if nothing stands in it.

    >>> section("A & B", "<p>x</p>")
    '<section><h2>A &amp; B</h2><p>x</p></section>'
    """
    if not any(parts):
        return ""
    name = (f' id="{ident}"' if ident else "") + (f' class="{kind}"' if kind else "")
    return f"<section{name}><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def para(words: str, kind: str = "") -> str:
    """A paragraph; empty if there are no words."""
    return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{escape(words)}</p>" if words else ""


def listing(sentences: Iterable[str], kind: str = "", *, ordered: bool = False) -> str:
    """A list of sentences; empty if there are none."""
    rows = [f"<li>{escape(sentence)}</li>" for sentence in sentences]
    name = "ol" if ordered else "ul"
    return f"<{name}{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{''.join(rows)}</{name}>" if rows else ""


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, marked: int | None = None) -> str:
    """A table whose first column heads its rows; on a narrow screen each row becomes a card, its roles kept.

    `marked` is the index of a row that is set off. Empty if there are no rows.
    """
    body = []
    for k, row in enumerate(rows):
        cells = [f'<th scope="row" role="rowheader">{escape(row[0])}</th>']
        cells += [f'<td role="cell" data-head="{escape(head)}">{escape(cell)}</td>'
                  for head, cell in zip(heads[1:], row[1:], strict=True)]
        body.append(f'<tr role="row"{" class=marked" if k == marked else ""}>{"".join(cells)}</tr>')
    if not body:
        return ""
    top = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    return (f'<table role="table"><caption>{escape(caption)}</caption><thead role="rowgroup"><tr role="row">{top}</tr>'
            f'</thead><tbody role="rowgroup">{"".join(body)}</tbody></table>')
