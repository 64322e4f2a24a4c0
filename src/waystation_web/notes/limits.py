"""How long the texts of a note may be, in characters."""

TITLE_MAX = 120
TEXT_MAX = 100_000
NAME_MAX = 180
REASON_MAX = 160   # it stands in the record, whose lines have one size: Korean takes three of these a syllable
WORDS_MAX = 200
