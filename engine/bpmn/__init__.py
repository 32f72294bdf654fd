"""Everything that touches SpiffWorkflow: reading, parsing, expressions and state."""
