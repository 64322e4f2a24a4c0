"""The first page of the day, and search over everything one may read."""
