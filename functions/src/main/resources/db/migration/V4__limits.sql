-- Time limits of the login roles. A role does not inherit the settings of the roles it is a member of, so the one for a
-- process that serves all functions has its own. These are the limits of a single statement; a transaction that may take
-- longer (a list, an upload, an exact count) says so itself with SET LOCAL.
ALTER ROLE passengerfunctions SET statement_timeout = '2s';
ALTER ROLE passengerfunctions SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE passengerlist SET statement_timeout = '2s';
ALTER ROLE postpassenger SET statement_timeout = '2s';

-- Rows of equal value are now sorted by uuid in the direction of the sort, so one index serves both directions.
DROP INDEX passengers_survived_desc;
DROP INDEX passengers_passenger_class_desc;
DROP INDEX passengers_sex_desc;
DROP INDEX passengers_siblings_desc;
DROP INDEX passengers_parents_desc;
