"""What an office makes of the findings: re-graded, waived, told to people and to machines."""
