"""People who work here: set-up, enrolment, sign-in, sessions, factors, lock and removal. Their rows lie in `vault`."""
