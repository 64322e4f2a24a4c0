"""Plans in the office. So far: the plan of the demonstration's invented world."""
