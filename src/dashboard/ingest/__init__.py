"""Reading: one module per kind of source, each of which yields articles and refusals."""
