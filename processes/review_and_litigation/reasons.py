"""For which reasons an answer goes back to who drafted it."""

RETURN_REASONS = ("not_proved", "unlawful", "incomplete", "wording", "other")
