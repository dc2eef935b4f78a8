-- Attribution's own tables: who was touched by a campaign, and which step each event is.
--
-- A touch joins an identity (an account or a device) to a campaign at an instant. It comes from an event that carries a click
-- (data.click_id), from campaign.touched, or, at a registration, from the device to the account. A step is an event that counts for a
-- campaign: an install, a registration, a creator, a purchase. Each event is judged once, soon after it was reported, and belongs to the last
-- touch before it.

create table private.touches (
  workspace_id uuid not null,
  identity text not null,
  touched_at timestamptz not null,
  campaign_id uuid not null,
  link_id uuid,
  click_id uuid,
  known_at timestamptz not null,
  primary key (workspace_id, identity, touched_at, campaign_id)
) partition by range (touched_at);
alter table private.touches enable row level security;

-- counted_key: a hash of whom it counts for; null for a purchase, of which everyone counts. payer: a hash of whose purchase it was.
-- charged_back_minor: what chargebacks have taken back of it.
create table launch.attributions (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  occurred_at timestamptz not null,
  source text not null,
  event_id text not null,
  step text not null,
  campaign_id uuid not null references launch.campaigns (id) on delete cascade,
  link_id uuid references launch.campaign_links (id) on delete set null,
  click_id uuid,
  touched_at timestamptz not null,
  counted_key bytea,
  country text,
  amount_minor bigint,
  currency text,
  reported_at timestamptz not null,
  payer bytea,
  charged_back_minor bigint not null default 0,
  primary key (workspace_id, occurred_at, source, event_id),
  constraint step_is_known check (step in ('install', 'registration', 'creator', 'purchase')),
  constraint step_follows_its_touch check (touched_at <= occurred_at),
  constraint only_a_purchase_has_an_amount check (step = 'purchase' or (amount_minor is null and payer is null)),
  constraint no_more_is_taken_back_than_was_paid check (charged_back_minor between 0 and coalesce(amount_minor, 0))
);
create index attributions_campaign_id_idx on launch.attributions (campaign_id, step, occurred_at);
create index attributions_link_id_idx on launch.attributions (link_id);
-- One install, registration and creator a person, and one install a click.
create unique index attributions_counted_once_idx on launch.attributions (workspace_id, step, counted_key) where counted_key is not null;
create unique index attributions_install_a_click_idx on launch.attributions (workspace_id, click_id) where step = 'install' and click_id is not null;
-- Purchases as chargebacks find them: by the id of their event, or by who paid.
create index attributions_purchase_idx on launch.attributions (workspace_id, event_id) where step = 'purchase';
create index attributions_payer_idx on launch.attributions (workspace_id, payer, occurred_at desc) where step = 'purchase';

-- What attributed purchases brought, by when they were made, each in its own currency, and what chargebacks took back of it, by when they came.
create table launch.link_revenues (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  campaign_id uuid not null references launch.campaigns (id) on delete cascade,
  link_id uuid references launch.campaign_links (id) on delete cascade,
  slot_at timestamptz not null,
  currency text not null,
  amount_minor bigint not null default 0,
  charged_back_minor bigint not null default 0,
  constraint link_revenues_one_per_slot unique nulls not distinct (campaign_id, link_id, slot_at, currency)
);
create index link_revenues_workspace_id_idx on launch.link_revenues (workspace_id);
create index link_revenues_link_id_idx on launch.link_revenues (link_id);

-- Hours with events that were not judged yet: what private.touched_hours names, which the rollup takes off its list at its own pace. since_at and
-- touched_at: when the first and the last of them was reported.
create table private.unjudged_hours (
  workspace_id uuid not null,
  hour_at timestamptz not null,
  since_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (workspace_id, hour_at)
) with (fillfactor = 50);
alter table private.unjudged_hours enable row level security;

-- Up to when what was reported has been judged.
create table private.attribution_marks (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  judged_until timestamptz not null
);
alter table private.attribution_marks enable row level security;

-- What one run judges. Emptied by the next; a crash may empty it too, which costs nothing.
-- step: null for campaign.touched, which is none. oldest_at: the oldest touch that any campaign's window may reach.
create unlogged table private.judged_events (
  place bigint generated always as identity primary key,
  step text,
  oldest_at timestamptz not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  source text not null,
  event_id text not null,
  country text,
  subject text,
  device text,
  amount_minor bigint,
  currency text,
  data jsonb,
  touched_at timestamptz,
  campaign_id uuid,
  link_id uuid,
  click_id uuid
);
alter table private.judged_events enable row level security;

-- Runs where events are reported: one row more for a batch. The row's lock is held to the batch's end, so a run that takes an hour off the
-- list has seen everything in it.
create function private.note_unjudged_hour() returns trigger
  language plpgsql set search_path = '' as $$
begin
  insert into private.unjudged_hours as h (workspace_id, hour_at, since_at, touched_at)
  values (new.workspace_id, new.hour_at, new.touched_at, new.touched_at)
  on conflict (workspace_id, hour_at) do update
    set since_at = least(h.since_at, excluded.since_at), touched_at = greatest(h.touched_at, excluded.touched_at);
  return null;
end
$$;
create trigger _100_note_unjudged_hour after insert or update on private.touched_hours
  for each row execute function private.note_unjudged_hour();

insert into private.partition_plans (parent, width, keep, unique_columns) values ('private.touches', '10 days', '130 days', null);
select launch.maintain_partitions();

alter table launch.attributions enable row level security;
alter table launch.link_revenues enable row level security;
create policy attributions_select_reader on launch.attributions for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
create policy link_revenues_select_reader on launch.link_revenues for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
grant select on launch.attributions, launch.link_revenues to authenticated;
