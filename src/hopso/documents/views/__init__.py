"""What people see of the documents of a meeting: reader, approval, forms."""
