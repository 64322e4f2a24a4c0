"""An answer as words, charts, a map and one self-contained page. Nothing is computed here."""
