"""What people see of cases: read, ask one service, answer."""
