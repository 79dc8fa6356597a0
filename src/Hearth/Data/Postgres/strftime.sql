-- Dates by a format, with the time values, modifiers and formats of SQLite's strftime. A moment is milliseconds since noon of 24 November 4714 BC
-- (proleptic Gregorian), the beginning of the Julian day count. What cannot be understood is NULL. Every zone is UTC.

CREATE FUNCTION hearth$moment(y bigint, m bigint, d bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    -- Years begin in March here, so that the day that is sometimes missing is the last one. Months may be any number.
    SELECT (d + (153 * (mm + CASE WHEN mm < 2 THEN 10 ELSE -2 END) + 2) / 5 + 365 * yy + yy / 4 - yy / 100 + yy / 400 - 32045) * 86400000 - 43200000
    FROM (SELECT (m - 1) - 12 * floor((m - 1) / 12.0)::bigint AS mm, y + floor((m - 1) / 12.0)::bigint + 4800 AS year) a,
        LATERAL (SELECT CASE WHEN mm < 2 THEN year - 1 ELSE year END AS yy) b
$$;

CREATE FUNCTION hearth$civil(moment bigint, OUT y bigint, OUT m bigint, OUT d bigint, OUT clock bigint) LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    day bigint := (moment + 43200000) / 86400000;
    a bigint := day + 32044;
    b bigint := (4 * a + 3) / 146097;
    c bigint := a - 146097 * b / 4;
    e bigint := (4 * c + 3) / 1461;
    f bigint := c - 1461 * e / 4;
    g bigint := (5 * f + 2) / 153;
BEGIN
    d := f - (153 * g + 2) / 5 + 1;
    m := g + 3 - 12 * (g / 10);
    y := 100 * b + e - 4800 + g / 10;
    clock := (moment + 43200000) % 86400000;
END $$;

-- Seconds are rounded, but never into the next minute.
CREATE FUNCTION hearth$clock(hours text, minutes text, seconds text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN hours::int <= 24 AND minutes::int <= 59 AND coalesce(seconds, '0')::numeric < 60
        THEN hours::bigint * 3600000 + minutes::bigint * 60000 + least(59999, floor(coalesce(seconds, '0')::numeric * 1000 + 0.5)::bigint) END
$$;

CREATE FUNCTION hearth$read_moment(value text, as_seconds boolean) RETURNS bigint LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    part text[];
    number double precision;
    moment bigint;
BEGIN
    part := regexp_match(value, '^(-?)([0-9]{4})-([0-9][0-9])-([0-9][0-9])(?:[ \t\n\v\f\rT]*|[ \t\n\v\f\rT]*([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9](?:\.[0-9]+)?))?[ \t\n\v\f\r]*(?:([zZ])|([+-])([0-9][0-9]):([0-9][0-9]))?[ \t\n\v\f\r]*)$');
    IF part IS NULL THEN
        part := regexp_match(value, '^()()()()([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9](?:\.[0-9]+)?))?[ \t\n\v\f\r]*(?:([zZ])|([+-])([0-9][0-9]):([0-9][0-9]))?[ \t\n\v\f\r]*$');
    END IF;
    IF part IS NOT NULL THEN
        IF part[3] <> '' AND (part[3]::int NOT BETWEEN 1 AND 12 OR part[4]::int NOT BETWEEN 1 AND 31) THEN RETURN NULL; END IF;
        moment := CASE WHEN part[2] = '' THEN hearth$moment(2000, 1, 1) ELSE hearth$moment((part[1] || part[2])::bigint, part[3]::bigint, part[4]::bigint) END;
        IF part[5] IS NOT NULL THEN moment := moment + hearth$clock(part[5], part[6], part[7]); END IF;
        IF part[9] IS NOT NULL THEN
            IF part[10]::int > 14 OR part[11]::int > 59 THEN RETURN NULL; END IF;
            moment := moment - (part[9] || '1')::bigint * (part[10]::bigint * 3600000 + part[11]::bigint * 60000);
        END IF;
    ELSIF lower(value COLLATE "C") = 'now' THEN
        moment := floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint + 210866760000000;
    ELSIF value ~ '^[ \t\n\v\f\r]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\n\v\f\r]*$' THEN
        number := hearth$real(btrim(value));
        IF as_seconds THEN
            IF number BETWEEN -210866760000 AND 253402300799 THEN moment := round(number::numeric * 1000)::bigint + 210866760000000; END IF;
        ELSIF number >= 0 AND number < 5373484.5 THEN
            moment := floor(number::numeric * 86400000 + 0.5)::bigint;
        END IF;
    END IF;
    RETURN CASE WHEN moment BETWEEN 0 AND 464269060799999 THEN moment END;
END $$;

CREATE FUNCTION hearth$shift(moment bigint, modifier text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text := lower(modifier COLLATE "C");
    part text[];
    amount numeric;
    whole bigint;
    sign bigint;
    at record;
BEGIN
    SELECT * INTO at FROM hearth$civil(moment);
    part := regexp_match(word, '^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?)[ \t\n\v\f\r]+(second|minute|hour|day|month|year)s?$');
    IF part IS NOT NULL AND length(part[1]) < 30 THEN
        amount := part[1]::numeric;
        IF abs(amount) > 464269060800 THEN RETURN NULL; END IF;
        whole := trunc(amount)::bigint;
        CASE part[2]
            WHEN 'month' THEN
                IF abs(amount) >= 176546 THEN RETURN NULL; END IF;
                RETURN hearth$moment(at.y, at.m + whole, at.d) + at.clock + round((amount - whole) * 30 * 86400000)::bigint;
            WHEN 'year' THEN
                IF abs(amount) >= 14713 THEN RETURN NULL; END IF;
                RETURN hearth$moment(at.y + whole, at.m, at.d) + at.clock + round((amount - whole) * 365 * 86400000)::bigint;
            WHEN 'day' THEN RETURN CASE WHEN abs(amount) < 5373485 THEN moment + round(amount * 86400000)::bigint END;
            WHEN 'hour' THEN RETURN CASE WHEN abs(amount) < 128963628 THEN moment + round(amount * 3600000)::bigint END;
            WHEN 'minute' THEN RETURN CASE WHEN abs(amount) < 7737817680 THEN moment + round(amount * 60000)::bigint END;
            ELSE RETURN moment + round(amount * 1000)::bigint;
        END CASE;
    END IF;
    part := regexp_match(word, '^([+-])([0-9]{4})-([0-9][0-9])-([0-9][0-9])(?:[ \t\n\v\f\r]+([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9](?:\.[0-9]+)?))?)?$');
    IF part IS NOT NULL THEN
        IF part[3]::int > 11 OR part[4]::int > 30 THEN RETURN NULL; END IF;
        sign := (part[1] || '1')::bigint;
        RETURN hearth$moment(at.y + sign * part[2]::bigint, at.m + sign * part[3]::bigint, at.d) + at.clock + sign * part[4]::bigint * 86400000
            + sign * CASE WHEN part[5] IS NULL THEN 0 ELSE hearth$clock(part[5], part[6], part[7]) END;
    END IF;
    part := regexp_match(word, '^([+-]?)([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9](?:\.[0-9]+)?))?$');
    IF part IS NOT NULL THEN RETURN moment + (part[1] || '1')::bigint * hearth$clock(part[2], part[3], part[4]); END IF;
    CASE word
        WHEN 'start of day' THEN RETURN moment - at.clock;
        WHEN 'start of month' THEN RETURN hearth$moment(at.y, at.m, 1);
        WHEN 'start of year' THEN RETURN hearth$moment(at.y, 1, 1);
        WHEN 'localtime', 'utc', 'subsec', 'subsecond', 'ceiling' THEN RETURN moment;
        ELSE
            part := regexp_match(word, '^weekday[ \t\n\v\f\r]+([0-6])(?:\.0*)?$');
            -- Day 0 of the count was a Monday; this counts from Sunday.
            IF part IS NOT NULL THEN RETURN moment + mod(part[1]::bigint - mod((moment + 129600000) / 86400000, 7) + 7, 7) * 86400000; END IF;
    END CASE;
    RETURN NULL;
END $$;

-- By how many days a modifier leads beyond the end of a month, which "floor" takes back; NULL when it does not matter to it.
CREATE FUNCTION hearth$beyond(moment bigint, modifier text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text := lower(modifier COLLATE "C");
    part text[];
    months bigint;
    at record;
BEGIN
    IF word = 'ceiling' THEN RETURN 0; END IF;
    part := regexp_match(word, '^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?)[ \t\n\v\f\r]+(second|minute|hour|day|month|year)s?$');
    IF part IS NOT NULL THEN
        IF length(part[1]) >= 30 OR abs(part[1]::numeric) >= 176546 THEN RETURN 0; END IF;
        months := CASE part[2] WHEN 'month' THEN trunc(part[1]::numeric)::bigint WHEN 'year' THEN 12 * trunc(part[1]::numeric)::bigint END;
        IF months IS NULL THEN RETURN 0; END IF;
    ELSE
        part := regexp_match(word, '^([+-])([0-9]{4})-([0-9][0-9])-[0-9][0-9]');
        IF part IS NULL THEN RETURN NULL; END IF;
        months := (part[1] || '1')::bigint * (12 * part[2]::bigint + part[3]::bigint);
    END IF;
    SELECT * INTO at FROM hearth$civil(moment);
    RETURN greatest(0, at.d - (hearth$moment(at.y, at.m + months + 1, 1) - hearth$moment(at.y, at.m + months, 1)) / 86400000);
END $$;

CREATE FUNCTION hearth$strftime(format text, value text, modifiers text[]) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    as_seconds boolean := coalesce(lower(modifiers[1] COLLATE "C") = 'unixepoch', false);
    moment bigint;
    result text := '';
    at record;
    day_of_year bigint;
    weekday bigint;
    iso_day bigint;
    iso_year bigint;
    iso_week bigint;
    c text;
    beyond bigint := 0;
    i integer := 1;
BEGIN
    IF coalesce(lower(modifiers[1] COLLATE "C") IN ('unixepoch', 'julianday', 'auto'), false) THEN
        -- They say what a number means, and nothing else can be one.
        IF value !~ '^[ \t\n\v\f\r]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\n\v\f\r]*$' THEN
            IF lower(modifiers[1] COLLATE "C") <> 'auto' THEN RETURN NULL; END IF;
        ELSIF lower(modifiers[1] COLLATE "C") = 'auto' THEN
            as_seconds := hearth$real(btrim(value)) NOT BETWEEN 0 AND 5373484.499999;
        END IF;
        modifiers := modifiers[2:];
    END IF;
    moment := hearth$read_moment(value, as_seconds);
    FOR n IN 1 .. cardinality(modifiers) LOOP
        IF lower(modifiers[n] COLLATE "C") = 'floor' THEN
            moment := moment - beyond * 86400000;
        ELSE
            beyond := coalesce(hearth$beyond(moment, modifiers[n]), beyond);
            moment := hearth$shift(moment, modifiers[n]);
        END IF;
        IF moment IS NULL OR moment NOT BETWEEN 0 AND 464269060799999 THEN RETURN NULL; END IF;
    END LOOP;
    IF moment IS NULL THEN RETURN NULL; END IF;
    SELECT * INTO at FROM hearth$civil(moment);
    weekday := mod((moment + 129600000) / 86400000, 7);
    -- Weeks belong to the year of their Thursday (ISO 8601).
    iso_day := moment - at.clock + (3 - mod(weekday + 6, 7)) * 86400000;
    SELECT y INTO iso_year FROM hearth$civil(iso_day);
    iso_week := (iso_day - hearth$moment(iso_year, 1, 1)) / 86400000 / 7 + 1;
    day_of_year := (moment - at.clock - hearth$moment(at.y, 1, 1)) / 86400000;
    WHILE i <= length(format) LOOP
        c := substr(format, i, 1);
        IF c <> '%' THEN
            result := result || c;
        ELSE
            i := i + 1;
            c := substr(format, i, 1);
            result := result || CASE c
                WHEN 'd' THEN lpad(at.d::text, 2, '0')
                WHEN 'e' THEN lpad(at.d::text, 2, ' ')
                WHEN 'f' THEN lpad(((at.clock % 60000) / 1000)::text, 2, '0') || '.' || lpad((at.clock % 1000)::text, 3, '0')
                WHEN 'F' THEN hearth$year(at.y) || '-' || lpad(at.m::text, 2, '0') || '-' || lpad(at.d::text, 2, '0')
                WHEN 'G' THEN hearth$year(iso_year)
                WHEN 'g' THEN lpad(mod(iso_year, 100)::text, 2, '0')
                WHEN 'H' THEN lpad((at.clock / 3600000)::text, 2, '0')
                WHEN 'k' THEN lpad((at.clock / 3600000)::text, 2, ' ')
                WHEN 'I' THEN lpad((mod(at.clock / 3600000 + 11, 12) + 1)::text, 2, '0')
                WHEN 'l' THEN lpad((mod(at.clock / 3600000 + 11, 12) + 1)::text, 2, ' ')
                WHEN 'j' THEN lpad((day_of_year + 1)::text, 3, '0')
                WHEN 'J' THEN hearth$julian(moment)
                WHEN 'm' THEN lpad(at.m::text, 2, '0')
                WHEN 'M' THEN lpad((at.clock / 60000 % 60)::text, 2, '0')
                WHEN 'p' THEN CASE WHEN at.clock < 43200000 THEN 'AM' ELSE 'PM' END
                WHEN 'P' THEN CASE WHEN at.clock < 43200000 THEN 'am' ELSE 'pm' END
                WHEN 'R' THEN lpad((at.clock / 3600000)::text, 2, '0') || ':' || lpad((at.clock / 60000 % 60)::text, 2, '0')
                WHEN 's' THEN floor((moment - 210866760000000) / 1000.0)::bigint::text
                WHEN 'S' THEN lpad((at.clock / 1000 % 60)::text, 2, '0')
                WHEN 'T' THEN lpad((at.clock / 3600000)::text, 2, '0') || ':' || lpad((at.clock / 60000 % 60)::text, 2, '0') || ':' || lpad((at.clock / 1000 % 60)::text, 2, '0')
                WHEN 'u' THEN (mod(weekday + 6, 7) + 1)::text
                WHEN 'w' THEN weekday::text
                WHEN 'U' THEN lpad(((day_of_year - weekday + 7) / 7)::text, 2, '0')
                WHEN 'V' THEN lpad(iso_week::text, 2, '0')
                WHEN 'W' THEN lpad(((day_of_year - mod(weekday + 6, 7) + 7) / 7)::text, 2, '0')
                WHEN 'Y' THEN hearth$year(at.y)
                WHEN '%' THEN '%'
            END;
            IF result IS NULL THEN RETURN NULL; END IF;
        END IF;
        i := i + 1;
    END LOOP;
    RETURN result;
END $$;

CREATE FUNCTION hearth$year(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN $1 < 0 THEN '-' ELSE '' END || lpad(abs($1)::text, 4, '0')
$$;

-- The number of the day with sixteen digits.
CREATE FUNCTION hearth$julian(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT trim_scale(round(($1::double precision / 86400000)::text::numeric, 16 - length(($1 / 86400000)::text)))::text
$$;
