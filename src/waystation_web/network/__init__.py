"""The route book, sealed row by row: edited, imported, taken back, and never exported by one person."""
