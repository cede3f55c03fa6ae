"""Papers for the door and the wall: sign-in sheets, badges, who owes notes."""
