"""The boilerplate stage; its door is `stage.py`."""
