"""Casework: case management for migrant support desks."""

__version__ = "0.1.0"
