"""Which of a month's missions fit together under what the house has: a proposal that people read, change and decide.

Missions and caps come from files (`missions`, `missions_file`), shocks that hit many at once from `scenarios`, every
limit as a plain sum from `limits`; `select` lets a solver look for the best set and checks what it says by those sums.
Nothing here accepts or declines anybody, and nothing here knows what a person is worth to anyone.
"""
