"""Pictures as bytes: photographs, logos and cards, with neither a request nor a database."""
