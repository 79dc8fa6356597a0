-- A value of which only the row knows what it is: kind 1 is a number, 2 a text. Numbers come before texts; texts are ordered by their bytes.
CREATE TYPE hearth$value AS (kind smallint, number double precision, text text COLLATE "C");

-- A text that reads as a number; what is too large for a double is infinite, what is too small is 0.
CREATE FUNCTION hearth$slow_real(text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN $1::double precision;
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN CASE WHEN $1 ~ '[eE]-' THEN 0 WHEN $1 ~ '^[ \t\n\v\f\r]*-' THEN '-Infinity'::double precision ELSE 'Infinity'::double precision END;
END $$;

CREATE FUNCTION hearth$real(text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN length($1) <= 30 AND $1 !~ '[eE][+-]?[0-9]{3}' THEN $1::double precision ELSE hearth$slow_real($1) END
$$;

-- The number at the beginning of a text, 0 when there is none: what arithmetic makes of a text.
CREATE FUNCTION hearth$number(text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT hearth$real(coalesce(substring($1 FROM '^[ \t\n\v\f\r]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)'), '0'))
$$;

CREATE FUNCTION hearth$number(json) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE json_typeof($1)
        WHEN 'number' THEN hearth$real($1::text)
        WHEN 'boolean' THEN CASE WHEN $1::text = 'true' THEN 1 ELSE 0 END
        WHEN 'string' THEN hearth$number($1 #>> '{}')
        WHEN 'null' THEN NULL
        ELSE 0
    END
$$;

-- A number as a text: whole numbers plain, others with fifteen digits and a point.
CREATE FUNCTION hearth$long_text(double precision) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    digits numeric;
    mantissa text;
    result text;
BEGIN
    IF $1 IN ('Infinity', '-Infinity', 'NaN') THEN
        RETURN CASE $1 WHEN 'Infinity' THEN 'Inf' WHEN '-Infinity' THEN '-Inf' END;
    END IF;
    IF $1 = 0 THEN RETURN '0.0'; END IF;
    -- Rounded half up, not to even as the server does by itself.
    result := to_char($1, '9.999999999999999999EEEE');
    digits := round(result::numeric, 14 - split_part(result, 'e', 2)::integer);
    IF abs(digits) >= 0.0001 AND abs(digits) < 1e15 THEN
        result := trim_scale(digits)::text;
        RETURN CASE WHEN strpos(result, '.') = 0 THEN result || '.0' ELSE result END;
    END IF;
    result := btrim(to_char(digits, '9.99999999999999EEEE'));
    mantissa := rtrim(split_part(result, 'e', 1), '0');
    RETURN CASE WHEN right(mantissa, 1) = '.' THEN mantissa || '0' ELSE mantissa END || 'e' || split_part(result, 'e', 2);
END $$;

CREATE FUNCTION hearth$text(double precision) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN $1 = trunc($1) AND abs($1) < 9.2e18 THEN ($1::bigint)::text ELSE hearth$long_text($1) END
$$;

-- A JSON value as a text: strings without quotes, true as 1, lists and objects as they are written.
CREATE FUNCTION hearth$text(json) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE json_typeof($1)
        WHEN 'string' THEN $1 #>> '{}'
        WHEN 'number' THEN CASE WHEN $1::text ~ '^-?[0-9]{1,18}$' THEN ($1::text)::bigint::text ELSE hearth$long_text(hearth$real($1::text)) END
        WHEN 'boolean' THEN CASE WHEN $1::text = 'true' THEN '1' ELSE '0' END
        WHEN 'null' THEN NULL
        ELSE $1::text
    END
$$;

CREATE FUNCTION hearth$value(double precision) RETURNS hearth$value LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN $1 IS NOT NULL THEN ROW(1, $1, NULL)::hearth$value END
$$;

CREATE FUNCTION hearth$value(text) RETURNS hearth$value LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN $1 IS NOT NULL THEN ROW(2, NULL, $1)::hearth$value END
$$;

CREATE FUNCTION hearth$value(json) RETURNS hearth$value LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE json_typeof($1)
        WHEN 'string' THEN ROW(2, NULL, $1 #>> '{}')::hearth$value
        WHEN 'number' THEN ROW(1, hearth$real($1::text), NULL)::hearth$value
        WHEN 'boolean' THEN ROW(1, CASE WHEN $1::text = 'true' THEN 1 ELSE 0 END, NULL)::hearth$value
        WHEN 'object' THEN ROW(2, NULL, $1::text)::hearth$value
        WHEN 'array' THEN ROW(2, NULL, $1::text)::hearth$value
    END
$$;

-- A value beside a number: a text that reads as a number in full is that number.
CREATE FUNCTION hearth$numeric(text) RETURNS hearth$value LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN $1 ~ '^[ \t\n\v\f\r]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\n\v\f\r]*$' THEN ROW(1, hearth$real(btrim($1, E' \t\n\r\f\v')), NULL)::hearth$value
        WHEN $1 IS NOT NULL THEN ROW(2, NULL, $1)::hearth$value
    END
$$;

CREATE FUNCTION hearth$numeric(json) RETURNS hearth$value LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof($1) = 'string' THEN hearth$numeric($1 #>> '{}') ELSE hearth$value($1) END
$$;

-- Kilometres between two places on a sphere of radius 6371 (haversine); nothing when a coordinate is out of all bounds.
CREATE FUNCTION hearth$distance(lon_a double precision, lat_a double precision, lon_b double precision, lat_b double precision)
RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    lat double precision;
    lon double precision;
    h double precision;
BEGIN
    -- Their difference would be infinite.
    IF greatest(abs(lon_a), abs(lat_a), abs(lon_b), abs(lat_b)) > 8e307 THEN RETURN NULL; END IF;
    -- What is nearly nothing would be an error further on.
    IF abs(lon_a) < 1e-100 THEN lon_a := 0; END IF;
    IF abs(lat_a) < 1e-100 THEN lat_a := 0; END IF;
    IF abs(lon_b) < 1e-100 THEN lon_b := 0; END IF;
    IF abs(lat_b) < 1e-100 THEN lat_b := 0; END IF;
    lat := sin(radians(lat_b - lat_a) / 2);
    lon := sin(radians(lon_b - lon_a) / 2);
    h := least(1, lat * lat + cos(radians(lat_a)) * cos(radians(lat_b)) * lon * lon);
    RETURN CASE WHEN h >= 0 THEN 12742 * asin(sqrt(h)) END;
END $$;

-- A sum that is 0 and not NULL when there is nothing to add: queries of views may use it on both engines.
CREATE AGGREGATE total(double precision) (SFUNC = float8pl, STYPE = double precision, INITCOND = '0', PARALLEL = SAFE);
