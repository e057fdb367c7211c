"""What the command line prints: JSON objects with stable keys, and text."""
