-- Begins the transaction of a restore: drops all extensions and schemas, since --clean drops only what the dump
-- has. A dump takes the schema public for granted, with the owner, the right and the comment that it has in a new
-- database, and says only what differs.
BEGIN;
-- Nobody needs to know each object that goes, nor that the dump's own BEGIN is the second one. The dump sets it again.
SET client_min_messages = error;
SELECT format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql' \gexec
SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \gexec
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema';
