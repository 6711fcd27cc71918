"""Bringing people together: documents handed out, work taken back, reviewed work handed back."""
