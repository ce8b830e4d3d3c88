"""MMS campaigns to a contact list."""
