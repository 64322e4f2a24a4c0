"""Dangers learnt from outcomes and dated expert judgement, honest about how little is known."""
