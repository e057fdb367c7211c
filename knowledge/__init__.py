"""What the guidelines say: curated questions and answers, the documents behind them, and their search."""
