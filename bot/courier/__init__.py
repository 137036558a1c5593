"""Delivers what the outbox holds: by python-telegram-bot into chats, by SMTP into mailboxes."""
