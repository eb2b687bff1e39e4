"""Judging articles: relevance, section, areas, places, stories, condensing."""
