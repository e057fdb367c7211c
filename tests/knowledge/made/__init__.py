"""Small real files, made when a test asks for them."""
