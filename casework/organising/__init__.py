"""Who wants to organise reaches the organiser whom they chose, by a safe way, and nobody else."""
