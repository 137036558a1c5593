"""Papers as PDF: typst templates, filled with JSON that is never pasted into them."""
