"""Taking all files of a desk along: asked for by one coordinator, agreed to by another, made in the open."""
