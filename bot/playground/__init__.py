"""A local stand-in for Telegram: Bot API server, simulated people, chat page and mail sink.

A stranger to the code that it exercises: it imports nothing of ours.
"""
