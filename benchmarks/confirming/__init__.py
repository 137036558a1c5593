"""Confirming a draft of twenty days, against the least that books twenty days."""
