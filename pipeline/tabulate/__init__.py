"""Values → rows of the contract's tables. Pure: no file, no clock."""
