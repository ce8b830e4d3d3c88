"""What the console knows without any I/O: errors, money, phone numbers, message parts, time, text, settings."""
