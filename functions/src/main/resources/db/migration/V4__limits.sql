-- Rows of equal value are now sorted by uuid in the direction of the sort, so one index serves both directions.
DROP INDEX passengers_survived_desc;
DROP INDEX passengers_passenger_class_desc;
DROP INDEX passengers_sex_desc;
DROP INDEX passengers_siblings_desc;
DROP INDEX passengers_parents_desc;
