"""The ledger workbook: what a plan gives, what people typed into the former one, both put together, written as .xlsx."""
