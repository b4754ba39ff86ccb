"""A package, so that a figure and the numbers behind it may have tests of the same name."""
