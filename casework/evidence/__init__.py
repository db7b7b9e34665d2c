"""What proves a case: sealed files, who holds the papers, where they are safe."""
