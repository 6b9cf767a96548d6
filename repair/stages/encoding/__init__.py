"""The encoding stage; its door is `stage.py`."""
