"""The text view: it shows one document with its spans. Only here do positions differ from code points (`offsets`)."""
