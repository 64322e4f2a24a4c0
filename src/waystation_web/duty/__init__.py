"""Who is on duty, who stands in, what is handed over; guidance cards; the limits the organisation sets."""
