"""Coded reasons for which a review sends something back; their words in texts.toml."""

NOT_REDACTED = "not_redacted"
TOO_MUCH_REDACTED = "too_much_redacted"
SECRECY = "secrecy"
UNLAWFUL = "unlawful"
WORDING = "wording"
TIMING = "timing"
OTHER_AGENCY = "other_agency"
OTHER = "other"

#: What a reviewer may choose from.
RETURN_REASONS = (
    NOT_REDACTED,
    TOO_MUCH_REDACTED,
    SECRECY,
    UNLAWFUL,
    WORDING,
    TIMING,
    OTHER_AGENCY,
    OTHER,
)

#: Why the text itself goes back to who drafts.
TEXT_REASONS = (UNLAWFUL, WORDING, SECRECY, OTHER)
