"""Numbers: what others published, each with source and doubt, and our own, from which nobody can be reckoned."""
