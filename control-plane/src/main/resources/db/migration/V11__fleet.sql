-- Where a fleet's machines may listen on this host, counted from the first port of fleets. Kept for
-- ever, so that two fleets never meet.
CREATE TABLE fleet_site (
    fleet      text PRIMARY KEY,
    port_offset integer NOT NULL,
    ports      integer NOT NULL
);

-- What the capacity loop and operators did to fleets.
CREATE TABLE fleet_run (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fleet      text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    action     text NOT NULL,
    desired    integer NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('running', 'ok', 'failed')),
    reason     text NOT NULL,
    detail     text NOT NULL DEFAULT ''
);
CREATE INDEX fleet_run_by_fleet ON fleet_run (fleet, id DESC);

-- The size a fleet was last given and why: it outlives a restart. A halted fleet was destroyed by an
-- operator and stays away until an operator gives it a size again.
CREATE TABLE fleet_desired (
    fleet   text PRIMARY KEY,
    desired integer NOT NULL,
    halted  boolean NOT NULL,
    at      timestamptz NOT NULL,
    reason  text NOT NULL
);
