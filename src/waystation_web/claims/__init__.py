"""What others ask of the office: a State that demands, somebody who complains, a person who asks for their own file."""
