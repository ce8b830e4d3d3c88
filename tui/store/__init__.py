"""The local database: the only package that speaks SQL, and the only truth that screens read."""
