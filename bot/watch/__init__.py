"""What an operator's monitoring sees of a running process (O3): numbers, and no person in them."""
