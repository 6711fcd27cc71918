"""What annotation is: documents, spans, labels, changes, text positions. Standard library only, no input or output."""
