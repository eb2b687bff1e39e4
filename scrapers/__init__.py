"""Sources as data; discovering, fetching and reading their pages."""
