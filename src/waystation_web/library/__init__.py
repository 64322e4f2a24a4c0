"""What others published: citations, reviews, public persons, notes, packs for outsiders. Nothing of a case."""
