"""Page to Document."""
