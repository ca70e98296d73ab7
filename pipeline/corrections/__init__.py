"""What people decided about values: kept beside the record, put over what the rules read, told in the findings."""
