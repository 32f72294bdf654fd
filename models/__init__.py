"""What is stored: tables, columns and constraints; nothing that acts."""
