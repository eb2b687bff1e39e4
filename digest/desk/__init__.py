"""The editors' web application."""
