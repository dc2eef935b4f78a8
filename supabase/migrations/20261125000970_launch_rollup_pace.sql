-- A rollup counts nobody twice: what an hour has counted stands for a longer span whose only hour it is.

-- The distinct subjects of a country's events between two times. Of one hour alone, whole within them, they are counted already.
create or replace function private.count_active(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz) returns int
  language plpgsql stable set search_path = '' set work_mem = '256MB' as $$
declare v_users int; v_first timestamptz; v_last timestamptz;
begin
  select max(a.hour_users), date_trunc('hour', min(a.slot_at), 'UTC'), date_trunc('hour', max(a.slot_at), 'UTC') into v_users, v_first, v_last
  from private.active_slots a
  where a.workspace_id = p_workspace_id and a.country = p_country and a.slot_at >= p_from and a.slot_at < p_to;
  if v_users is null then
    return 0;
  elsif v_first = v_last and v_first >= p_from and v_first + interval '1 hour' <= p_to then
    return v_users;
  end if;
  return (select count(distinct u.subject) from (select unnest(a.subjects) as subject from private.active_slots a
    where a.workspace_id = p_workspace_id and a.country = p_country and a.slot_at >= p_from and a.slot_at < p_to offset 0) u);
end
$$;

-- Whoever was active is looked for once a country: keeping the answer by all its hashes only hashes them.
alter function private.roll_up_hour(uuid, timestamptz) set enable_memoize = off;
