"""What the console knows without any I/O: errors, money, phone numbers, parts, time, text, settings."""
