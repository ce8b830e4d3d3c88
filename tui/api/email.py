"""Transactional e-mail: price, send and history."""
