"""Taking away: what leaves the dashboard carries its own source, filters and figures."""
