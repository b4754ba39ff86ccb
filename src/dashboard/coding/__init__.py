"""Understanding: from French text to sentences, to mentions of countries, to events between countries."""
