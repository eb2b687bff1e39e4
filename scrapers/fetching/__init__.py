"""Asking the network politely and safely."""
