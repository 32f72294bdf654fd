"""For which reasons a decision goes back to who drafted it."""

RETURN_REASONS = ("not_checked", "unlawful", "wording", "other")
