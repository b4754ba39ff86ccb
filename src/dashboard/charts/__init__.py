"""Drawing: a tidy frame in, a Plotly figure out."""
