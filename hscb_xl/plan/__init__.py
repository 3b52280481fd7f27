"""What a plan is and how it is judged. Pure: no files, no Excel, no clock."""
