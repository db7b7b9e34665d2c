"""Employers, recruiters, lenders, facilities, authorities: who did it, across cases."""
