-- The registry, and the outbox through which every change of it leaves.

-- One row per origin. It is locked by every change, so that numbers are gapless and in the order of
-- commits. A restore from a backup must raise the epoch.
create table sync_origin (
    origin     text primary key,
    epoch      bigint not null check (epoch >= 1),
    seq        bigint not null check (seq >= 0),
    updated_at timestamptz not null default now()
);

-- One transaction = one row = one change set. The payload is text, not jsonb: its digest and the
-- signatures are over exactly these characters.
create table outbox (
    origin     text not null references sync_origin (origin),
    epoch      bigint not null,
    seq        bigint not null,
    data_class text not null check (data_class in ('public', 'internal', 'confidential', 'restricted')),
    payload    text not null,
    digest     text not null check (length(digest) = 64),
    created_at timestamptz not null default now(),
    primary key (origin, epoch, seq)
);

create function outbox_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('spillway.retention', true) = 'on' then
        return old;
    end if;
    raise exception 'the outbox is append-only: % refused', tg_op
        using hint = 'old rows are deleted by retention only, which sets spillway.retention';
end
$$;

create trigger outbox_keeps_rows before update or delete on outbox
    for each row execute function outbox_is_append_only();
create trigger outbox_keeps_all before truncate on outbox
    for each statement execute function outbox_is_append_only();

-- The registry's present state.
--
-- data_class is the class of the change set that wrote the object last: a replica that was not shown
-- that change set does not hold the object.
create table registry_object (
    kind       text not null,
    key        text not null,
    body       jsonb not null,
    data_class text not null check (data_class in ('public', 'internal', 'confidential', 'restricted')),
    version    bigint not null,
    updated_at timestamptz not null default now(),
    primary key (kind, key)
);

-- Who follows, as last seen.
create table replica (
    name          text primary key,
    environment   text not null,
    connected     boolean not null,
    applied_epoch bigint not null,
    applied_seq   bigint not null,
    seen_at       timestamptz not null
);

-- Only the outbox is captured, and only what is added to it.
create publication spillway_outbox for table outbox with (publish = 'insert');
