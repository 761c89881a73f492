// The system of record on Postgres: one repository per aggregate, and every SQL statement that Hone owns.
