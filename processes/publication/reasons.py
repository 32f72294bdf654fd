"""Coded reasons for which a bundle or a change is sent back; words in texts.toml."""

#: Why a bundle is not let out.
REFUSAL_REASONS = (
    "secrecy",
    "personal_data",
    "content",
    "interpretation",
    "timing",
    "attribute",
    "other",
)

#: Why a published document is not to be changed like that.
CHANGE_REASONS = ("not_needed", "other_kind", "content", "public_reason", "other")
