"""Điểm Báo: the daily press bulletin of a Vietnamese press office."""
