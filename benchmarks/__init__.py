"""How quick the portal is at the size it is designed for."""
