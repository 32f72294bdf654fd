"""For which reasons an answer goes back to who drafted it."""

RETURN_REASONS = ("wrong_result", "unlawful", "not_proved", "wording", "other")
