"""Messages that did not arrive, told to ClickSend."""
