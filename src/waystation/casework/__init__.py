"""The rules of working with people who ask for help: codes, vague dates, who travels, consent, screening, states.

Everything here is a pure function of what it is told. It decides nothing about people: it says what is missing, what is
not known, and what must not be done.
"""
