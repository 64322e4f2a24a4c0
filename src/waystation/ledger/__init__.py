"""Money of those who bring people to safety: entries, dated rates, balances, debts, rewards, two signatures. Exact.

Nothing here is an input of a plan. What a plan may spend comes from the party and the route book; what was paid for a
person who was sold is evidence, and no module that plans may import this one (`tests/core/test_ledger_apart.py`).
"""
