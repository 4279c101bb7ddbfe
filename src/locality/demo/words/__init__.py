"""The words of the invented area: its people and agencies, its caseload, its stories."""
