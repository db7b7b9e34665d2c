"""Who stands together: the directory of organisations, and the formations of All Workers United."""
