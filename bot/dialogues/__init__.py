"""Pure conversations, one module each: facts and what was said in, a `Turn` out. No clock, no database."""
