"""Pictures: fetched like pages, decoded and made anew in a process of their own."""
