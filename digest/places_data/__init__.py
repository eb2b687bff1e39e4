"""The administrative units of Việt Nam before and after 1/7/2025, as data."""
