"""What every layer may use: limits, the log, texts made harmless, and what a book can be asked of itself."""
