"""Words of cases in templates."""
