"""Numbers that others published, with source and doubt: what they are, where they differ, what they may be used for."""
