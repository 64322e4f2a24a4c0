"""Law and practice for whoever works here: what is known of a State, ways to a status, and which body is open."""
