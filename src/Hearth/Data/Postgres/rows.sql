-- Which rows writes change is noted among the signals while somebody listens: the name of the run of positions, or nothing.
ALTER TABLE "_schema" ADD COLUMN notes text NOT NULL DEFAULT '';

-- When the node asked for it last.
ALTER TABLE "_nodes" ADD COLUMN noted timestamptz;

-- Stands in front of a write as before, and refuses also one that does not know whether it has to note what it changes.
CREATE FUNCTION hearth$enter(bigint, text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    now bigint;
    run text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1214603634, hashtext(current_schema()));
    SELECT version, notes INTO now, run FROM "_schema";
    IF now <> $1 THEN
        RAISE EXCEPTION 'Planned with schema %, the tables follow %.', $1, now USING ERRCODE = 'HT001';
    END IF;
    IF run <> $2 THEN
        RAISE EXCEPTION 'The noting of changes has begun or ended.' USING ERRCODE = 'HT002';
    END IF;
END $$;

-- A node listens. Gives the run of what is noted, which does not end soon then; nothing when none is.
CREATE FUNCTION hearth$keep(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    run text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1214603634, hashtext(current_schema()));
    SELECT notes INTO run FROM "_schema";
    IF run <> '' THEN
        UPDATE "_nodes" SET noted = clock_timestamp() WHERE id = $1;
    END IF;
    RETURN run;
END $$;

-- A node wants changes to be noted: waits for the writes that run, and begins a new run in the place of a given one. Gives the run that holds.
CREATE FUNCTION hearth$note(node text, old text, new text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    run text;
BEGIN
    PERFORM pg_advisory_xact_lock(1214603634, hashtext(current_schema()));
    SELECT notes INTO run FROM "_schema";
    UPDATE "_nodes" SET noted = clock_timestamp() WHERE id = node;
    IF run <> old THEN
        RETURN run;
    END IF;
    UPDATE "_schema" SET notes = new;
    INSERT INTO "_signals" (topic, text, node) VALUES ('rows.run', new, node);
    RETURN new;
END $$;

-- Ends the noting when no node has asked for it for so many seconds.
CREATE FUNCTION hearth$forget(seconds double precision) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM "_schema" WHERE notes <> '') OR EXISTS (SELECT 1 FROM "_nodes" WHERE noted > clock_timestamp() - seconds * interval '1 second') THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(1214603634, hashtext(current_schema()));
    IF EXISTS (SELECT 1 FROM "_nodes" WHERE noted > clock_timestamp() - seconds * interval '1 second') THEN
        RETURN;
    END IF;
    UPDATE "_schema" SET notes = '';
    INSERT INTO "_signals" (topic, text, node) VALUES ('rows.run', '', '');
END $$;
