"""To people: commands, terminal, local web reader, exports."""
