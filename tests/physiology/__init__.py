"""Models against published and independently computed values."""
