"""Appeals: to whom one may write about an incident, who may be named there, what is asked and on which law it rests."""
