"""Papers: what is printed for the person, a lawyer, an employer, an authority; and the record of what left."""
