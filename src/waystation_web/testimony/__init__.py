"""Statements of witnesses and what rests on them: versions, claims, coded events, and what a State says of them."""
