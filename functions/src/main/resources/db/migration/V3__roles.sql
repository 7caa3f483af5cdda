-- One login role for each function that reads or writes, with exactly the rights its statements need, and one for a
-- process that serves all seven. Passwords are not set here: until they are, nobody can log in over the network.
-- Roles belong to the whole server, so another database of it may have made them before.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['passengerlist', 'getpassenger', 'postpassenger', 'putpassenger',
                                     'deletepassenger', 'passengerfunctions'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', role_name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO passengerlist, getpassenger, postpassenger, putpassenger, '
                   'deletepassenger, passengerfunctions', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO passengerlist, getpassenger, postpassenger, putpassenger, deletepassenger;

GRANT SELECT ON passengers TO passengerlist, getpassenger;

GRANT SELECT (uuid, version) ON passengers TO postpassenger, putpassenger, deletepassenger;
GRANT INSERT (survived, passenger_class, name, sex, age, siblings_or_spouses_aboard, parents_or_children_aboard, fare,
              uuid) ON passengers TO postpassenger;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO postpassenger;

GRANT UPDATE (version, survived, passenger_class, name, sex, age, siblings_or_spouses_aboard,
              parents_or_children_aboard, fare) ON passengers TO putpassenger;

GRANT DELETE ON passengers TO deletepassenger;

GRANT passengerlist, getpassenger, postpassenger, putpassenger, deletepassenger TO passengerfunctions;

-- A statement that a client no longer waits for must not go on for long. Lists may: their readers may be slow.
ALTER ROLE getpassenger SET statement_timeout = '2s';
ALTER ROLE postpassenger SET statement_timeout = '10s';
ALTER ROLE putpassenger SET statement_timeout = '2s';
ALTER ROLE deletepassenger SET statement_timeout = '2s';
ALTER ROLE postpassenger SET idle_in_transaction_session_timeout = '60s';
