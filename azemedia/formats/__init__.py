"""How dates are written where nothing more special is said: newsrooms count the hours to 24."""
