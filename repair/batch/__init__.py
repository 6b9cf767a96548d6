"""Many documents: reading, running, writing, and going on after a kill."""
