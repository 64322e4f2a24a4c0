"""Which rows of the sheet `chains` hold for an area, a season and a condition.

The most special statement goes before the more general one: of the area for the season, of the area for every season,
of its country for the season, of its country for every season. This is decided for each condition on its own. A
condition for which nothing is stated does not occur in the area.
"""

from collections import defaultdict
from dataclasses import dataclass

from waystation.network.rows import Area, BookRow, ChainRow


@dataclass(frozen=True, slots=True)
class Chains:
    """The statements of a book, found by what they speak of."""

    conditions: tuple[str, ...]
    seasons: tuple[str, ...]
    stated: dict[tuple[str, str, str], tuple[ChainRow, ...]]  # scope, season or empty, from_condition

    def rows(self, area: Area, season: str, condition: str) -> tuple[ChainRow, ...]:
        """The rows that hold there; none if the condition does not occur."""
        for scope in (area.code, area.country):
            for when in (season, ""):
                if found := self.stated.get((scope, when, condition)):
                    return found
        return ()

    def occurring(self, area: Area, season: str) -> tuple[str, ...]:
        """The conditions that occur in the area in that season."""
        return tuple(c for c in self.conditions if self.rows(area, season, c))


def chains_of(rows: tuple[ChainRow, ...], book: BookRow) -> Chains:
    """The statements of these rows.

    >>> from waystation.network.example import example_book
    >>> example = example_book()
    >>> chains_of(example.chains, example.book).occurring(example.areas[0], "winter")
    ('calm', 'alert')
    """
    stated: dict[tuple[str, str, str], list[ChainRow]] = defaultdict(list)
    for row in rows:
        stated[row.scope, row.season, row.from_condition].append(row)
    return Chains(book.conditions, tuple(season.name for season in book.seasons),
                  {key: tuple(found) for key, found in stated.items()})
