-- Blocking, lifting and importing: by people, and by what an outside fraud system reports. Each change is audited.

-- Refuses unless a block could end then: in the future and within a year (GTINV).
create function private.require_block_end(p_until timestamptz) returns void
  language plpgsql stable set search_path = '' as $$
begin
  if p_until is null or p_until <= launch.now() or p_until > launch.now() + interval '366 days' then
    perform private.refuse('GTINV', 'A block ends within a year from now.', jsonb_build_object('field', 'until'));
  end if;
end
$$;

-- Blocks a device, an account or an IP range until a time at most a year away, with a reason. Of a value that is blocked already,
-- reason and end are replaced. Raises GTRSN, GTINV, GTROL.
create function launch.block(p_workspace_id uuid, p_kind text, p_value text, p_until timestamptz, p_reason text, p_alert_id uuid default null)
  returns launch.blocks
  language plpgsql volatile security definer set search_path = '' as $$
declare v_read record; v_block launch.blocks;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  perform private.require_block_end(p_until);
  select * into v_read from private.read_block_value(p_kind, p_value);
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A block needs a reason.', jsonb_build_object('field', 'reason'));
  elsif v_read.problem is not null then
    perform private.refuse('GTINV', v_read.problem, jsonb_build_object('field', 'value'));
  elsif p_alert_id is not null and not exists (select from launch.alerts a where a.id = p_alert_id and a.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such alert.');
  end if;
  select * into v_block from private.put_blocks(p_workspace_id, array[p_kind], array[v_read.value], array[p_until], array[trim(p_reason)], 'person');
  if p_alert_id is not null then
    update launch.blocks b set alert_id = p_alert_id where b.id = v_block.id returning * into v_block;
  end if;
  perform private.write_audit(p_workspace_id, 'block.added', 'block', v_block.id::text, 'high', p_reason,
    jsonb_build_object('kind', p_kind, 'value', v_block.value, 'until', p_until, 'source', 'person', 'alert_id', p_alert_id));
  return v_block;
end
$$;

-- Lifts a block before its end. Raises GTNIL, GTTRN when it is not in force.
create function launch.lift_block(p_workspace_id uuid, p_block_id uuid, p_reason text default null) returns launch.blocks
  language plpgsql volatile security definer set search_path = '' as $$
declare v_block launch.blocks;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  select * into v_block from launch.blocks b where b.id = p_block_id and b.workspace_id = p_workspace_id for update;
  if v_block.id is null then
    perform private.refuse('GTNIL', 'There is no such block.');
  elsif v_block.lifted_at is not null or v_block.until <= launch.now() then
    perform private.refuse('GTTRN', 'This block is no longer in force.', jsonb_build_object('until', coalesce(v_block.lifted_at, v_block.until)));
  end if;
  update launch.blocks b set lifted_at = launch.now(), lifted_by = (select auth.uid()) where b.id = p_block_id returning * into v_block;
  perform private.write_audit(p_workspace_id, 'block.lifted', 'block', p_block_id::text, 'high', nullif(trim(p_reason), ''),
    jsonb_build_object('kind', v_block.kind, 'value', v_block.value, 'until', v_block.until));
  return v_block;
end
$$;

-- Takes a lift back. Raises GTNIL, GTTRN when the block was not lifted or its end has come, GTDUP when its value is blocked anew.
create function launch.restore_block(p_workspace_id uuid, p_block_id uuid) returns launch.blocks
  language plpgsql volatile security definer set search_path = '' as $$
declare v_block launch.blocks;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  select * into v_block from launch.blocks b where b.id = p_block_id and b.workspace_id = p_workspace_id for update;
  if v_block.id is null then
    perform private.refuse('GTNIL', 'There is no such block.');
  elsif v_block.lifted_at is null or v_block.until <= launch.now() then
    perform private.refuse('GTTRN', 'This block was not lifted, or has ended since.', jsonb_build_object('until', v_block.until));
  elsif exists (select from launch.blocks b where b.workspace_id = p_workspace_id and b.kind = v_block.kind and b.value = v_block.value
      and b.lifted_at is null) then
    perform private.refuse('GTDUP', 'This value is blocked again already.');
  end if;
  update launch.blocks b set lifted_at = null, lifted_by = null where b.id = p_block_id returning * into v_block;
  perform private.write_audit(p_workspace_id, 'block.restored', 'block', p_block_id::text, 'high', null,
    jsonb_build_object('kind', v_block.kind, 'value', v_block.value, 'until', v_block.until));
  return v_block;
end
$$;

-- What an import would do with each row, in order: added, extended (it is in force already) or refused, and why. A row without an end
-- ends in 30 days, one without a reason takes the import's. The second of two equal rows is refused.
create function private.read_import(p_workspace_id uuid, p_kinds text[], p_values text[], p_untils text[], p_reasons text[], p_reason text)
  returns table (place int, kind text, value text, until timestamptz, reason text, outcome text, problem text)
  language sql stable set search_path = '' as $$
  with given as (
    select x.place::int, trim(x.kind) as kind, v.value, v.problem, nullif(trim(x.until), '') as until, coalesce(nullif(trim(x.reason), ''), trim(p_reason)) as reason
    from unnest(p_kinds, p_values, p_untils, p_reasons) with ordinality as x (kind, value, until, reason, place)
    cross join lateral private.read_block_value(trim(x.kind), x.value) v
  ), timed as (
    select g.place, g.kind, g.value, g.problem, g.reason, case when g.until is null then launch.now() + interval '30 days'
      when pg_input_is_valid(g.until, 'timestamptz') then g.until::timestamptz end as until
    from given g
  ), judged as (
    select t.place, t.kind, t.value, t.until, t.reason, coalesce(t.problem,
      case when t.until is null then 'The end is not a time.'
        when t.until <= launch.now() then 'The end has passed.'
        when t.until > launch.now() + interval '366 days' then 'The end is more than a year away.'
        when char_length(t.reason) > 500 then 'A reason has at most 500 characters.'
        when row_number() over (partition by t.kind, t.value, t.problem is null order by t.place) > 1 then 'The same value stands above.' end) as problem
    from timed t
  )
  select j.place, j.kind, j.value, j.until, j.reason,
    case when j.problem is not null then 'refused' when b.id is not null then 'extended' else 'added' end, j.problem
  from judged j
  left join launch.blocks b on j.problem is null and b.workspace_id = p_workspace_id and b.kind = j.kind and b.value = j.value
    and b.lifted_at is null and b.until > launch.now()
  order by j.place
$$;

-- Imports up to 10,000 rows (GTINV) with a reason (GTRSN): takes those that hold and reports on every one. With p_preview nothing is
-- kept. One audit entry for all.
create function launch.import_blocks(
  p_workspace_id uuid, p_kinds text[], p_values text[], p_untils text[], p_reasons text[], p_reason text, p_preview boolean default false
) returns table (place int, kind text, value text, until timestamptz, outcome text, problem text)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_taken record;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  if cardinality(p_values) not between 1 and 10000 then
    perform private.refuse('GTINV', 'An import has 1 to 10,000 rows.', jsonb_build_object('field', 'rows'));
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'An import needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  return query select r.place, r.kind, r.value, r.until, r.outcome, r.problem
    from private.read_import(p_workspace_id, p_kinds, p_values, p_untils, p_reasons, p_reason) r;
  if p_preview then
    return;
  end if;
  select array_agg(r.kind) as kinds, array_agg(r.value) as vals, array_agg(r.until) as untils, array_agg(r.reason) as reasons,
    count(*) as taken, count(*) filter (where r.outcome = 'extended') as extended
  into v_taken from private.read_import(p_workspace_id, p_kinds, p_values, p_untils, p_reasons, p_reason) r where r.outcome <> 'refused';
  if v_taken.taken > 0 then
    perform private.put_blocks(p_workspace_id, v_taken.kinds, v_taken.vals, v_taken.untils, v_taken.reasons, 'import');
  end if;
  perform private.write_audit(p_workspace_id, 'blocklist.imported', 'block', 'import', 'high', p_reason, jsonb_build_object(
    'added', v_taken.taken - v_taken.extended, 'extended', v_taken.extended, 'refused', cardinality(p_values) - v_taken.taken));
end
$$;

-- Follows what an outside fraud system says (blocklist.added, blocklist.removed). A block without an end lasts 30 days; one longer than
-- a year is kept for a year. Returns null, or why nothing was done. Repeating it changes nothing.
create function private.apply_block_event(
  p_workspace_id uuid, p_kind text, p_value text, p_until timestamptz, p_reason text, p_added boolean
) returns text
  language plpgsql volatile set search_path = '' as $$
declare
  v_now timestamptz := launch.now(); v_read record; v_block launch.blocks;
  v_until timestamptz := least(coalesce(p_until, v_now + interval '30 days'), v_now + interval '366 days');
  v_reason text := coalesce(nullif(trim(p_reason), ''), 'Reported by an outside fraud system');
begin
  select * into v_read from private.read_block_value(p_kind, p_value);
  if v_read.problem is not null then
    return v_read.problem;
  elsif p_added and v_until <= v_now then
    return 'The end has passed.';
  elsif p_added then
    select * into v_block from private.put_blocks(p_workspace_id, array[p_kind], array[v_read.value], array[v_until], array[v_reason], 'event');
  else
    update launch.blocks b set lifted_at = v_now
    where b.workspace_id = p_workspace_id and b.kind = p_kind and b.value = v_read.value and b.lifted_at is null and b.until > v_now
    returning * into v_block;
    if v_block.id is null then
      return 'This value is not blocked.';
    end if;
  end if;
  perform private.write_audit(p_workspace_id, case when p_added then 'block.added' else 'block.lifted' end, 'block', v_block.id::text, 'high',
    v_reason, jsonb_build_object('kind', p_kind, 'value', v_read.value, 'until', v_block.until, 'source', 'event'));
  return null;
end
$$;

grant execute on function launch.block(uuid, text, text, timestamptz, text, uuid), launch.lift_block(uuid, uuid, text),
  launch.restore_block(uuid, uuid),
  launch.import_blocks(uuid, text[], text[], text[], text[], text, boolean) to authenticated;
