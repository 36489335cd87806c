-- What routers did: the ledger and the decisions.

-- How far each router's journal was taken in. Locked by each batch, so that batches of one router
-- are taken in one after the other.
create table journal_mark (
    router       text not null,
    epoch        bigint not null,
    acknowledged bigint not null check (acknowledged >= 0),
    missing      bigint not null default 0,
    updated_at   timestamptz not null default now(),
    primary key (router, epoch)
);

comment on column journal_mark.missing is
    'numbers that a router skipped because its disk lost them, or that a restored database no longer has';

-- One row per attempt: reserved first, settled once. Money is billionths of the currency''s unit.
-- A settlement whose reservation is missing stands alone, with the columns of the reservation null.
create table ledger_entry (
    attempt_id        text primary key,
    router            text not null,
    epoch             bigint not null,
    reserved_seq      bigint,
    settled_seq       bigint,
    decision_id       text not null,
    tenant            text,
    key_id            text,
    model             text,
    environment       text,
    model_version     text,
    zone              text,
    endpoint          text,
    currency          text not null check (length(currency) = 3),
    reserved_nanos    bigint,
    settled_nanos     bigint,
    outcome           text,
    prompt_tokens     bigint,
    completion_tokens bigint,
    estimated         boolean,
    reserved_at       timestamptz,
    settled_at        timestamptz,
    state             text not null check (state in ('reserved', 'settled')),
    check ((state = 'settled') = (settled_seq is not null)),
    check ((settled_nanos is null) = (settled_seq is null)),
    check ((reserved_nanos is null) = (reserved_seq is null))
);

create unique index ledger_entry_reserved on ledger_entry (router, epoch, reserved_seq)
    where reserved_seq is not null;
create unique index ledger_entry_settled on ledger_entry (router, epoch, settled_seq)
    where settled_seq is not null;
create index ledger_entry_newest on ledger_entry (coalesce(settled_at, reserved_at) desc, attempt_id desc);
create index ledger_entry_decision on ledger_entry (decision_id);
create index ledger_entry_environment on ledger_entry (environment, state);

create function ledger_settles_once() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.state = 'reserved' and new.state = 'settled'
        and row(old.attempt_id, old.router, old.epoch, old.reserved_seq, old.decision_id, old.tenant,
                old.key_id, old.model, old.environment, old.model_version, old.zone, old.endpoint,
                old.reserved_nanos, old.reserved_at)
            is not distinct from
            row(new.attempt_id, new.router, new.epoch, new.reserved_seq, new.decision_id, new.tenant,
                new.key_id, new.model, new.environment, new.model_version, new.zone, new.endpoint,
                new.reserved_nanos, new.reserved_at) then
        return new;
    end if;
    raise exception 'ledger entry % cannot change: % of a % entry refused', old.attempt_id, tg_op, old.state;
end
$$;

create trigger ledger_entry_stays before update or delete on ledger_entry
    for each row execute function ledger_settles_once();

-- One row per decided request.
create table decision (
    decision_id        text primary key,
    router             text not null,
    epoch              bigint not null,
    seq                bigint not null,
    at                 timestamptz not null,
    tenant             text not null,
    key_id             text not null,
    operation          text not null,
    model              text not null,
    data_class         text not null,
    outcome            text not null,
    status             integer not null,
    environment        text,
    model_version      text,
    zone               text,
    endpoint           text,
    predicted_ttft_ms  bigint,
    ttft_ms            bigint,
    queue_ms           bigint not null,
    total_ms           bigint not null,
    attempts           integer not null,
    state_origin       text not null,
    state_epoch        bigint not null,
    state_seq          bigint not null,
    policy_digest      text not null,
    classification     jsonb not null,
    explanation        jsonb not null,
    unique (router, epoch, seq)
);

create index decision_newest on decision (at desc, decision_id desc);
create index decision_outcome on decision (outcome, at desc, decision_id desc);
create index decision_zone on decision (zone, at desc, decision_id desc);
