"""Papers as plain values: a letter, a memo, a form. What a person may not be named in is not in the value at all."""
