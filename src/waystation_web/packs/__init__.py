"""Reading packs: a cleared text for one named reader outside, sealed to their key, with an end and a log."""
