"""The screens: Textual on top of the gateway. Nothing here touches the database."""
