"""Appeals: drafted from an incident, signed by two, taken out by a person, followed up. Nothing here sends anything."""
