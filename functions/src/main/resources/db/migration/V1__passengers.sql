-- The one table. Its checks repeat the limits of the HTTP contract, so that nothing else can get in by another door.
-- Names compare and sort by code point, the same on every platform; pg_c_utf8 needs a database in UTF-8.
CREATE TABLE passengers (
    uuid uuid PRIMARY KEY DEFAULT uuidv7(),
    version bigint NOT NULL DEFAULT 1 CHECK (version >= 1),
    survived boolean NOT NULL,
    passenger_class smallint NOT NULL CHECK (passenger_class BETWEEN 1 AND 3),
    name text COLLATE pg_c_utf8 NOT NULL CHECK (char_length(name) BETWEEN 1 AND 150 AND btrim(name) <> ''),
    sex text COLLATE pg_c_utf8 NOT NULL CHECK (sex IN ('male', 'female')),
    age double precision NOT NULL CHECK (age BETWEEN 0 AND 150),
    siblings_or_spouses_aboard smallint NOT NULL CHECK (siblings_or_spouses_aboard BETWEEN 0 AND 100),
    parents_or_children_aboard smallint NOT NULL CHECK (parents_or_children_aboard BETWEEN 0 AND 100),
    fare double precision NOT NULL CHECK (fare BETWEEN 0 AND 1000000)
);

COMMENT ON COLUMN passengers.version IS 'One more with every change; the entity tag';
COMMENT ON COLUMN passengers.age IS 'Years';

-- What POST answered under an Idempotency-Key, for 24 hours: a passenger, or how many rows were inserted.
CREATE TABLE idempotency_keys (
    key text COLLATE "C" PRIMARY KEY CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    passenger uuid,
    inserted bigint,
    used_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(passenger, inserted) = 1)
);

COMMENT ON COLUMN idempotency_keys.fingerprint IS 'SHA-256 of the body';

CREATE INDEX idempotency_keys_used_at ON idempotency_keys (used_at);
