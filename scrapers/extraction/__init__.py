"""A page's bytes as an article."""
