"""The command line: composition root, and the only reader of clock and environment."""
