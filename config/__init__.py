"""What differs between installations, and what makes one; read by run.py only."""
