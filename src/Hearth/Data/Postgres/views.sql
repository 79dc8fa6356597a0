-- What a computed column of a view holds, as JSON. A text that is JSON is that JSON, and a truth value a number, because SQLite tells neither apart.
CREATE FUNCTION hearth$text_json(text) RETURNS json LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN $1::json;
EXCEPTION WHEN OTHERS THEN
    RETURN to_json($1);
END $$;

-- One function for all types: of several PostgreSQL could not choose. It is not SQL, whose branches are looked at while a query is planned.
CREATE FUNCTION hearth$view(anyelement) RETURNS json LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    CASE pg_typeof($1)::text
        WHEN 'boolean' THEN RETURN to_json($1::text::boolean::integer);
        WHEN 'numeric' THEN RETURN to_json($1::text::double precision);
        WHEN 'text', 'character varying', 'character', 'name' THEN
            IF $1::text ~ '^[ \t\n\r]*(["{[]|-?[0-9]|true|false|null)' THEN RETURN hearth$text_json($1::text); END IF;
            RETURN to_json($1);
        ELSE RETURN to_json($1);
    END CASE;
END $$;
