"""What is inside a file: its text with places, what is wrong with it, a public copy."""
