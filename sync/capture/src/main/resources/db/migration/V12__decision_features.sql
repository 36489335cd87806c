-- Later than the control plane's own V10 and V11, which existing installations have.

-- What each decision was made of, so that it can be made again under another policy; null for
-- records of before, and for requests that no policy decided.
alter table decision add column features jsonb;

-- An export reads oldest first.
create index decision_oldest on decision (at, decision_id);
