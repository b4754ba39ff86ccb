"""What an analyst reads more than once: numbers, dates, labels, sentences."""
