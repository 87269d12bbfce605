"""New text for a user's file: edits at the parsed places, held to what was meant before anything is written."""
