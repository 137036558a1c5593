"""Formatted texts as Telegram has them: plain text plus entities at UTF-16 offsets."""
