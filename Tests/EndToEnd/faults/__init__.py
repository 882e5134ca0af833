"""The fault matrix: which commands, which calls, which faults, and what must hold afterwards."""
