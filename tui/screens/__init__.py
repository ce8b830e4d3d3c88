"""One module and one stylesheet per mode or modal."""
