"""The mode in which documents are read and tagged."""
