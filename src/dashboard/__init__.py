"""Vigie: a corpus of French-language international news that can be watched, questioned and quoted."""

__version__ = "0.1.0"
