"""Who may be believed, and what graded reports make us believe."""
