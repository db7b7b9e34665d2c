"""Stories told in public: somebody's exact words, approved, asked about again, used, and taken back wherever they went."""
