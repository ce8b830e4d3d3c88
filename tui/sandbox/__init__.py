"""A local ClickSend: a real HTTP server with state, for the demo, the tests and anyone's integration."""
