"""Everything that the office keeps leaves it once, sealed: two people of two offices ask, two custodians open."""
