"""ClickSend's REST API v3: one declaration per operation, and the client that speaks it."""
