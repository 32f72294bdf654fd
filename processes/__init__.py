"""What the office does: one folder per process."""
