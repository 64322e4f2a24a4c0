"""What others published: citations, reviews of a work, public persons, notes; a cleaner of pages; no case."""
