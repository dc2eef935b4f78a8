-- Chargebacks: what a campaign's purchases brought and had to be paid back.
--
-- A chargeback names the purchase that it takes back by the id of its event (data.purchase), of its own source if that has one, and then waits
-- up to 60 days for a purchase that is reported after it. One that names none takes back the latest purchase of the same account, amount and
-- currency made and reported before it, of which nothing was taken back. A chargeback is judged once, and of a purchase no more is taken back than
-- was paid: the same dispute told twice counts once, parts add up. In another currency it takes back all that is left. It counts when it came,
-- for the campaign and link that the purchase counts for, however long ago that was.

create table private.chargebacks (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  occurred_at timestamptz not null,
  source text not null,
  event_id text not null,
  reported_at timestamptz not null,
  purchase text,
  payer bytea,
  amount_minor bigint,
  currency text,
  campaign_id uuid references launch.campaigns (id) on delete cascade,
  taken_minor bigint,
  primary key (workspace_id, occurred_at, source, event_id),
  constraint what_was_taken_is_a_campaigns check ((campaign_id is null) = (taken_minor is null))
);
create index chargebacks_purchase_idx on private.chargebacks (workspace_id, purchase) where campaign_id is null;
create index chargebacks_campaign_id_idx on private.chargebacks (campaign_id);
alter table private.chargebacks enable row level security;

-- The attributed purchase that a chargeback takes back, or null.
create function private.find_purchase(b private.chargebacks) returns launch.attributions
  language sql stable set search_path = '' as $$
  (select a from launch.attributions a
  where a.workspace_id = b.workspace_id and a.step = 'purchase' and a.event_id = b.purchase
  order by (a.source = b.source) desc, a.occurred_at desc, a.source limit 1)
  union all
  (select a from launch.attributions a
  where b.purchase is null and a.workspace_id = b.workspace_id and a.step = 'purchase' and a.payer = b.payer and a.occurred_at <= b.occurred_at
    and a.reported_at <= b.reported_at and a.currency = b.currency and a.amount_minor = b.amount_minor and a.charged_back_minor = 0
  order by a.occurred_at desc, a.source, a.event_id limit 1)
$$;

-- Takes back what a chargeback takes back of its purchase, once that is attributed.
create function private.take_back(b private.chargebacks) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  a launch.attributions := private.find_purchase(b); v_taken bigint;
  v_slot timestamptz := date_bin('15 minutes', b.occurred_at, timestamptz '2020-01-01 00:00Z');
begin
  if a.event_id is null then
    return;
  end if;
  v_taken := coalesce(a.amount_minor, 0) - a.charged_back_minor;
  if b.currency = a.currency then
    v_taken := least(v_taken, b.amount_minor);
  end if;
  update private.chargebacks x set campaign_id = a.campaign_id, taken_minor = v_taken
  where x.workspace_id = b.workspace_id and x.occurred_at = b.occurred_at and x.source = b.source and x.event_id = b.event_id;
  if v_taken > 0 then
    update launch.attributions x set charged_back_minor = x.charged_back_minor + v_taken
    where x.workspace_id = a.workspace_id and x.occurred_at = a.occurred_at and x.source = a.source and x.event_id = a.event_id;
    insert into launch.link_slots as s (workspace_id, campaign_id, link_id, slot_at, counts, chargebacks)
    values (a.workspace_id, a.campaign_id, a.link_id, v_slot, 'steps', 1)
    on conflict (campaign_id, link_id, slot_at, counts) do update set chargebacks = s.chargebacks + 1;
    insert into launch.link_revenues as r (workspace_id, campaign_id, link_id, slot_at, currency, charged_back_minor)
    values (a.workspace_id, a.campaign_id, a.link_id, v_slot, a.currency, v_taken)
    on conflict (campaign_id, link_id, slot_at, currency) do update set charged_back_minor = r.charged_back_minor + excluded.charged_back_minor;
  end if;
end
$$;

-- Judges the chargebacks reported up to p_until and those that waited for a purchase of this run, in the order of their reports. They are few:
-- one at a time, so that each sees what the one before it took.
create function private.judge_chargebacks(p_workspace_id uuid, p_until timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare b private.chargebacks;
begin
  insert into private.chargebacks (workspace_id, occurred_at, source, event_id, reported_at, purchase, payer, amount_minor, currency)
  select p_workspace_id, j.occurred_at, j.source, j.event_id, j.received_at, j.data ->> 'purchase',
    substring(sha256(convert_to(coalesce(j.subject, j.device), 'UTF8')) for 16), j.amount_minor, j.currency
  from private.judged_events j where j.step = 'chargeback' and j.received_at <= p_until
  on conflict do nothing;
  for b in
    select x.* from private.judged_events j join private.chargebacks x on x.workspace_id = p_workspace_id and x.purchase = j.event_id
    where j.step = 'purchase' and j.received_at <= p_until and x.campaign_id is null
    union
    select x.* from private.judged_events j join private.chargebacks x
      on x.workspace_id = p_workspace_id and x.occurred_at = j.occurred_at and x.source = j.source and x.event_id = j.event_id
    where j.step = 'chargeback' and j.received_at <= p_until and x.campaign_id is null
    order by reported_at, occurred_at, source, event_id
  loop
    perform private.take_back(b);
  end loop;
  delete from private.chargebacks x using private.judged_events j
  where x.workspace_id = p_workspace_id and x.campaign_id is null and x.purchase is null
    and j.step = 'chargeback' and (j.occurred_at, j.source, j.event_id) = (x.occurred_at, x.source, x.event_id);
end
$$;
