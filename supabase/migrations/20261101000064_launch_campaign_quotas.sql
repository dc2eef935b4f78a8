-- Sub-quotas: units of a country's user cap that live campaigns have to themselves each local day.
--
-- Never over-admits: a sub-quota is part of the cap. Its row is written under its counter's lock only, and the counter's kept is what all of
-- its sub-quotas have left, so a cap check that draws on none reads the counter alone. When a campaign ends, what it has left is open to all.

create table launch.campaign_quotas (
  campaign_id uuid primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  counter_id bigint not null references launch.counters (id) on delete cascade,
  slug text not null,
  units int not null,
  used int not null default 0,
  day_on date not null,
  constraint quotas_one_per_slug unique (counter_id, slug),
  constraint units_are_countable check (units between 1 and 10000000),
  constraint used_is_not_negative check (used >= 0)
);
create index campaign_quotas_workspace_id_idx on launch.campaign_quotas (workspace_id);

-- Brings these counters' sub-quotas to the counters' day, and what the counters keep to what the sub-quotas have left: 100 million units at most,
-- which keeps sums of units countable. The caller holds the counters' locks.
create function private.keep_quotas(p_counter_ids bigint[]) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  update launch.campaign_quotas q set used = 0, day_on = c.day_on
  from launch.counters c where c.id = any (p_counter_ids) and q.counter_id = c.id and q.day_on <> c.day_on;
  update launch.counters c set kept = s.units
  from (
    select k.id, least(coalesce(sum(greatest(q.units - q.used, 0)), 0), 100000000)::int as units
    from unnest(p_counter_ids) as k (id) left join launch.campaign_quotas q on q.counter_id = k.id group by k.id
  ) s
  where c.id = s.id and c.kept <> s.units;
end
$$;

-- The sub-quotas that the gates of a batch draw on, one element a gate. slots: the gate that counts for the sub-quota of this one, itself or an
-- earlier one; null without any. units: what is left of it today.
create type private.cap_quotas as (campaign_ids uuid[], slots int[], units int[]);
revoke all on type private.cap_quotas from public;

-- The sub-quotas that these gates draw on. The caller holds the counters' locks.
create function private.find_quotas(p_counter_ids bigint[], p_campaigns text[]) returns private.cap_quotas
  language plpgsql stable set search_path = '' as $$
declare q private.cap_quotas;
begin
  select array_agg(f.campaign_id order by f.gate), array_agg(f.slot order by f.gate), array_agg(f.units order by f.gate) into q
  from (
    select a.gate, u.campaign_id, greatest(u.units - u.used, 0) as units,
      case when u.campaign_id is not null then (min(a.gate) over (partition by u.campaign_id))::int end as slot
    from unnest(p_counter_ids, p_campaigns) with ordinality as a (counter_id, campaign, gate)
    left join lateral (select u.* from launch.campaign_quotas u where u.counter_id = a.counter_id and u.slug = a.campaign limit 1) u on true) f;
  return q;
end
$$;

-- Gives units that reservations had drawn back to their sub-quotas, one element a reservation, where the day and the campaign go on; else they
-- are open to all. The caller holds the counters' locks and has given the counters their units.
create function private.return_quotas(p_campaigns uuid[], p_days date[], p_units int[]) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_counters bigint[];
begin
  if array_remove(p_campaigns, null) = '{}' then
    return;
  end if;
  with r as materialized (
    select a.campaign_id, a.day_on, sum(a.units)::int as units from unnest(p_campaigns, p_days, p_units) as a (campaign_id, day_on, units)
    where a.units > 0 group by 1, 2
  ), given as (
    update launch.campaign_quotas q set used = greatest(q.used - r.units, 0)
    from r where q.campaign_id = r.campaign_id and q.day_on = r.day_on returning q.counter_id
  )
  select array_agg(distinct g.counter_id) into v_counters from given g;
  if v_counters is not null then
    perform private.keep_quotas(v_counters);
  end if;
end
$$;

alter table launch.campaign_quotas enable row level security;
create policy campaign_quotas_select_member on launch.campaign_quotas for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
grant select on launch.campaign_quotas to authenticated;
