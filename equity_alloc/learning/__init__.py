"""What there is to read: resources of others, named with their owner and rights, and short lessons of our own."""
