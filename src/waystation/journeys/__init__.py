"""A party on its way: what state it is in, when silence becomes an alarm, what a loss gives away."""
