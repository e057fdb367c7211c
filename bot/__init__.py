"""Everything that talks: channels, dialogues, the assistant between them, and the command line."""
