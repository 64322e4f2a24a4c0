"""Parties on their way: opened by a decision of two, watched in silence, closed with what the next plan must know."""
