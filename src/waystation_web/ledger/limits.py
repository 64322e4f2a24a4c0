"""How long the texts of the ledger may be, in characters."""

CODE_MAX = 40
TEXT_MAX = 2000
REASON_MAX = 500
SOURCE_MAX = 120
NAME_MAX = 180
AUDIT_MAX = 160  # a reason that stands in the record, whose lines have one size
