"""Coded reasons of objections and returns; their words in texts.toml."""

FACTS = "facts"
POLICY = "policy"
INCOMPLETE = "incomplete"
WORDING = "wording"
COMPETENCE = "competence"
OTHER = "other"

#: Why an organisation that is asked does not agree.
OBJECTIONS = (FACTS, POLICY, INCOMPLETE, WORDING, COMPETENCE, OTHER)

PLAN = "plan"
MATERIAL = "material"
DOCUMENT = "document"

#: What the first interpreter sends back.
RETURNS = (PLAN, MATERIAL, DOCUMENT)

#: What of the plan the writer goes back for.
REPLANNED = ("forms", "time", "consulted", "focus")
