"""Flask: who is asking, and what they see. A view calls one verb and redirects."""
