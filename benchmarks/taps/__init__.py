"""A calendar tap from the update to the redrawn message, against a stock edit."""
