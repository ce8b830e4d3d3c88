"""E-mail that becomes text messages: who may write, and what is cut off."""
