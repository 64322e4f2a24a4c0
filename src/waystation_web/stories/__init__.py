"""Stories: from a proposal over consents, counting and two signatures to the public page, and back at any moment."""
