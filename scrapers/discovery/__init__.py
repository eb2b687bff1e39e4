"""Where the articles are: feeds, section pages, sitemaps."""
