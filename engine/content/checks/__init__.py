"""The parts of which the checks of a document's text are made."""
