"""May this story go out? What it is made of, what is too exact to be told, who fits it, what stands in its way."""
