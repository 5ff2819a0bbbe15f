"""What keeps a community going: its hour of the week, prompts, recognition, challenges, own time."""
