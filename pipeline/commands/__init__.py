"""The commands, one module a group; each prints what its command answers and gives the exit code."""
