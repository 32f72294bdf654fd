"""Coded reasons for which a document is returned (退文); their words in texts.toml."""

NO_ATTRIBUTE = "no_attribute"
NO_REASON = "no_reason"
NO_INTERPRETATION = "no_interpretation"
NO_RISK_ASSESSMENT = "no_risk_assessment"
WRONG_ATTRIBUTE = "wrong_attribute"
UNLAWFUL = "unlawful"
SECRECY = "secrecy"
PERSONAL_DATA = "personal_data"
CONTENT = "content"
OTHER = "other"

#: What a reviewer may choose from; the gate gives the first four by itself.
RETURN_REASONS = (
    NO_ATTRIBUTE,
    NO_REASON,
    NO_INTERPRETATION,
    NO_RISK_ASSESSMENT,
    WRONG_ATTRIBUTE,
    UNLAWFUL,
    SECRECY,
    PERSONAL_DATA,
    CONTENT,
    OTHER,
)
