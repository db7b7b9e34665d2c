"""Campaigns: what is demanded, from whom, what was done for it, and what was won. No case stands in one."""
