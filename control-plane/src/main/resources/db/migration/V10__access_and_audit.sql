-- Admin tokens: only the SHA-256 of each is kept; the token has 256 random bits.
CREATE TABLE admin_token (
    name       text PRIMARY KEY,
    hash       text NOT NULL CHECK (length(hash) = 64),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Who changed what. Written in the transaction of the change itself.
CREATE TABLE audit (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT now(),
    actor         text NOT NULL,
    action        text NOT NULL,
    kind          text NOT NULL,
    key           text NOT NULL,
    before_digest text,
    after_digest  text,
    detail        text NOT NULL DEFAULT ''
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
