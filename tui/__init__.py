"""clicksend-tui: an unofficial keyboard-driven terminal console for ClickSend."""
