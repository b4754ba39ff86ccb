"""Showing: the only part that knows Streamlit besides app.py and the pages."""
