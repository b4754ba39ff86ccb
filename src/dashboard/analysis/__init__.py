"""Asking: one module per subject, one function per question, its SQL just above it."""
