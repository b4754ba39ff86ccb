"""Keeping: the articles and what was read in them, in one DuckDB file per snapshot."""
