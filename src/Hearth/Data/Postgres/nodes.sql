-- What the nodes of an app share beside the data.

-- Version of the schema: each change of it makes it one more, in the transaction of the change.
CREATE TABLE "_schema" (version bigint NOT NULL);
INSERT INTO "_schema" VALUES (1);

-- News for every node. The first column is filled in first, so that a transaction has its number before it takes an id: who misses an id knows
-- from the running transactions whether it may still come.
CREATE TABLE "_signals" (
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    text text NOT NULL,
    node text NOT NULL,
    sent timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Who does what one node should do, and until when.
CREATE TABLE "_leases" (name text PRIMARY KEY, node text NOT NULL, until timestamptz NOT NULL);

-- The nodes that run, or ran until a short time ago.
CREATE TABLE "_nodes" (id text PRIMARY KEY, machine text NOT NULL, version text NOT NULL, seen timestamptz NOT NULL DEFAULT clock_timestamp());

-- Stands in front of a write that was planned with a version of the schema: keeps changes of the schema away until the transaction ends, and refuses
-- when one has come before. A statement of its own sees what was committed while it waited.
CREATE FUNCTION hearth$enter(bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    now bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1214603634, hashtext(current_schema()));
    SELECT version INTO now FROM "_schema";
    IF now <> $1 THEN
        RAISE EXCEPTION 'Planned with schema %, the tables follow %.', $1, now USING ERRCODE = 'HT001';
    END IF;
END $$;
