"""The empty route book that explains itself: an invented example to be written over, with notes on a sheet `read me`.

It reads back as it is, so whoever fills it in starts from something that works and changes one thing at a time.
"""

from waystation.network.columns import SHEETS
from waystation.network.example import example_book
from waystation.network.jsonbook import json_of
from waystation.network.workbook import workbook_of

NOTES = (
    "This is a route book for Waystation. Every row in it is INVENTED, an example: write yours over it.",
    "Keep row 1 of every sheet as it is. Point at a heading to read what the column means, its unit and an example.",
    "Codes are yours: capital letters, digits, - and _. Use them for places, legs, guides and sources alike.",
    "Never write a name of a person, a phone number, an address or an exact position. A file with one is refused.",
    "A map position is for drawing only: a province's middle or a publicly reported town, one decimal of a degree.",
    "Say in `fictional` on the sheet `book` whether all this is invented. Real books are kept sealed.",
    "Formulas, macros and links are refused: write values.",
    "Lists in one cell have ; between. A report of several conditions, such as at least alert, has | between.",
    "Leave a sheet that you do not need without rows. `waystation check FILE` lists every mistake with its cell.",
    "The sheets:",
    *(f"{sheet.name}: {sheet.meaning}" for sheet in SHEETS if sheet.name != "names"),
)


def template_workbook() -> bytes:
    """The template as an .xlsx workbook, the same bytes each time."""
    return workbook_of(example_book(), notes=NOTES, every_sheet=True)


def template_json() -> bytes:
    """The template as JSON.

    >>> template_json().startswith(b'{')
    True
    """
    return json_of(example_book(), notes=NOTES)
