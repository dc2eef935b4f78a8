-- A campaign's sub-quota follows the campaign: there while it is live, gone when it is over.

-- Not validated: the table is new, and no row of it is older than this.
alter table launch.campaign_quotas add constraint campaign_quotas_campaign_id_fkey
  foreign key (campaign_id) references launch.campaigns (id) on delete cascade not valid;

-- Makes a campaign's sub-quota what the campaign says: its units while it is live, none before or after. A country that nobody has listed has no
-- counter to keep it from; the watch makes up for it once there is one. Lock order: the campaign, its counter, the sub-quota.
create function private.settle_quota(c launch.campaigns) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_counter launch.counters;
begin
  if c.sub_quota is null and not exists (select from launch.campaign_quotas q where q.campaign_id = c.id) then
    return;
  end if;
  select * into v_counter from launch.counters n
  where n.workspace_id = c.workspace_id and n.country = c.country and n.operation = 'user' for update;
  if v_counter.id is null then
    return;
  end if;
  if c.status = 'live' and c.sub_quota is not null then
    insert into launch.campaign_quotas as q (campaign_id, workspace_id, counter_id, slug, units, day_on)
    values (c.id, c.workspace_id, v_counter.id, c.slug, c.sub_quota, v_counter.day_on)
    on conflict (campaign_id) do update set units = excluded.units;
  else
    delete from launch.campaign_quotas q where q.campaign_id = c.id;
  end if;
  perform private.keep_quotas(array[v_counter.id]);
end
$$;
