"""Documents as sources: PDF, Word and text files, and the font encodings of before Unicode."""
