"""Finding: in the document as one types, in the project with every hit in context, and tagging what was found."""
