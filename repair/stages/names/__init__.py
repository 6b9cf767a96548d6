"""The names stage; its door is `stage.py`."""
