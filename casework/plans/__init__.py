"""The plan of a case and what stands beside it: services, referrals, tries to reach somebody, reviews."""
