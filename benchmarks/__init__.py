"""The speed claims, runnable: `make bench`. Imports the application; nothing imports it."""
