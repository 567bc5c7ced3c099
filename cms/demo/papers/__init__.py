"""Papers of the demonstration: documents, procedures, notices, disclosure, questions."""
