"""What the rows of a file mean: people, contacts, filled registers."""
