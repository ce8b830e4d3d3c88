"""What ClickSend answers and takes, one module per product."""
