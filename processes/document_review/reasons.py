"""Coded reasons for which a document is returned (退文); their words in texts.toml."""

NO_ATTRIBUTE = "no_attribute"
NO_REASON = "no_reason"
WRONG_ATTRIBUTE = "wrong_attribute"
SECRECY = "secrecy"
PERSONAL_DATA = "personal_data"
CONTENT = "content"
OTHER = "other"

#: What a reviewer may choose from.
RETURN_REASONS = (
    NO_ATTRIBUTE,
    NO_REASON,
    WRONG_ATTRIBUTE,
    SECRECY,
    PERSONAL_DATA,
    CONTENT,
    OTHER,
)
