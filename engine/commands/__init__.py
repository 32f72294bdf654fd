"""Commands whose output other programs read; `run.py` only registers them."""
