-- The collections as tables of PostgreSQL, and what PostGraphile makes of them. Custom queries and mutations as functions, and the rule as
-- row-level security, are the ways that its documentation shows.
CREATE SCHEMA app;
CREATE TABLE app.users (id text PRIMARY KEY, email text NOT NULL);
CREATE TABLE app.authors (
  id text PRIMARY KEY, name text NOT NULL, bio text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(), updated timestamptz NOT NULL DEFAULT now());
CREATE TABLE app.posts (
  id text PRIMARY KEY DEFAULT substr(md5(random()::text), 1, 15), title text NOT NULL CHECK (title <> ''), body text NOT NULL, views integer NOT NULL,
  author text NOT NULL REFERENCES app.authors, tags text[] NOT NULL, published boolean NOT NULL,
  created timestamptz NOT NULL DEFAULT now(), updated timestamptz NOT NULL DEFAULT now());
CREATE TABLE app.drafts (
  id text PRIMARY KEY, title text NOT NULL, body text NOT NULL, views integer NOT NULL, author text NOT NULL REFERENCES app.authors,
  created timestamptz NOT NULL DEFAULT now(), updated timestamptz NOT NULL DEFAULT now());
CREATE TABLE app.members (id text PRIMARY KEY, "user" text NOT NULL REFERENCES app.users, author text NOT NULL REFERENCES app.authors);
CREATE INDEX ON app.authors (name);
CREATE INDEX ON app.posts (views);
CREATE INDEX ON app.posts (author, views);
CREATE INDEX ON app.drafts (views);
CREATE INDEX ON app.drafts (author);
CREATE UNIQUE INDEX ON app.members (author, "user");

CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated := now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON app.posts FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE FUNCTION app.posts_between(lowest integer, below integer) RETURNS SETOF app.posts LANGUAGE sql STABLE AS $$
  SELECT * FROM app.posts WHERE views >= lowest AND views < below ORDER BY views DESC $$;
CREATE FUNCTION app.drafts_between(lowest integer, below integer) RETURNS SETOF app.drafts LANGUAGE sql STABLE AS $$
  SELECT * FROM app.drafts WHERE views >= lowest AND views < below ORDER BY views DESC $$;
CREATE FUNCTION app.posts_by_author_name(name text) RETURNS SETOF app.posts LANGUAGE sql STABLE AS $$
  SELECT p.* FROM app.posts p JOIN app.authors a ON a.id = p.author WHERE a.name = posts_by_author_name.name ORDER BY p.views DESC $$;
CREATE FUNCTION app.create_posts(items json) RETURNS SETOF app.posts LANGUAGE sql VOLATILE AS $$
  INSERT INTO app.posts (title, body, views, author, tags, published)
  SELECT title, body, views, author, tags, published
  FROM json_to_recordset(items) AS item (title text, body text, views integer, author text, tags text[], published boolean)
  RETURNING * $$;

CREATE ROLE visitor;
GRANT USAGE ON SCHEMA app TO visitor;
GRANT SELECT ON app.authors, app.posts, app.drafts, app.members TO visitor;
GRANT INSERT, UPDATE ON app.posts TO visitor;
ALTER TABLE app.drafts ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_only ON app.drafts FOR SELECT TO visitor USING (EXISTS (
  SELECT 1 FROM app.members m WHERE m.author = drafts.author AND m."user" = current_setting('jwt.claims.user_id', true)));
