-- One index for each sort and filter that is slow without it on a million rows; functions/README.md shows the plans.
-- Ties are broken by uuid, ascending in both directions. A column with many values needs one index for both:
-- read backwards, the few rows of equal value are sorted as they come. A column with few values needs one each way.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX passengers_name ON passengers (name, uuid);
CREATE INDEX passengers_age ON passengers (age, uuid);
CREATE INDEX passengers_fare ON passengers (fare, uuid);

CREATE INDEX passengers_survived ON passengers (survived, uuid);
CREATE INDEX passengers_survived_desc ON passengers (survived DESC, uuid);
CREATE INDEX passengers_passenger_class ON passengers (passenger_class, uuid);
CREATE INDEX passengers_passenger_class_desc ON passengers (passenger_class DESC, uuid);
CREATE INDEX passengers_sex ON passengers (sex, uuid);
CREATE INDEX passengers_sex_desc ON passengers (sex DESC, uuid);
CREATE INDEX passengers_siblings ON passengers (siblings_or_spouses_aboard, uuid);
CREATE INDEX passengers_siblings_desc ON passengers (siblings_or_spouses_aboard DESC, uuid);
CREATE INDEX passengers_parents ON passengers (parents_or_children_aboard, uuid);
CREATE INDEX passengers_parents_desc ON passengers (parents_or_children_aboard DESC, uuid);

-- Case-insensitive substrings. lower() here and in the query fold case by the column's collation, whatever the
-- database's own is; ILIKE over a trigram index would mix the two.
CREATE INDEX passengers_name_substring ON passengers USING gin (lower(name) gin_trgm_ops);
