"""Credit: packages, payment and past transactions."""
