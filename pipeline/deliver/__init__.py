"""What people and tools open: published tables, workbooks, review pages."""
