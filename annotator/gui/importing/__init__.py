"""Getting documents in: what was dropped, chosen or pasted is read, looked at where need be, and imported."""
