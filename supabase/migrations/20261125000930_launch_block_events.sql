-- Batches of events that block several values each never deadlock with each other or with a person who blocks one: the blocks by
-- workspace, kind and value first, the audit head last.

-- Follows what an outside fraud system says (blocklist.added, blocklist.removed) without its audit entry. A block without an end lasts 30
-- days; one longer than a year is kept for a year. problem says why nothing was done; entry is what the audit is to say. Repeating it changes nothing.
create function private.follow_block_event(
  p_workspace_id uuid, p_kind text, p_value text, p_until timestamptz, p_reason text, p_added boolean, out problem text, out entry jsonb
)
  language plpgsql volatile set search_path = '' as $$
declare
  v_now timestamptz := launch.now(); v_read record; v_block launch.blocks;
  v_until timestamptz := least(coalesce(p_until, v_now + interval '30 days'), v_now + interval '366 days');
  v_reason text := coalesce(nullif(trim(p_reason), ''), 'Reported by an outside fraud system');
begin
  select * into v_read from private.read_block_value(p_kind, p_value);
  if v_read.problem is not null then
    problem := v_read.problem;
  elsif p_added and v_until <= v_now then
    problem := 'The end has passed.';
  elsif p_added then
    select * into v_block from private.put_blocks(p_workspace_id, array[p_kind], array[v_read.value], array[v_until], array[v_reason], 'event');
  else
    update launch.blocks b set lifted_at = v_now
    where b.workspace_id = p_workspace_id and b.kind = p_kind and b.value = v_read.value and b.lifted_at is null and b.until > v_now
    returning * into v_block;
    if v_block.id is null then
      problem := 'This value is not blocked.';
    end if;
  end if;
  if problem is null then
    entry := jsonb_build_object('id', v_block.id, 'reason', v_reason,
      'details', jsonb_build_object('kind', p_kind, 'value', v_read.value, 'until', v_block.until, 'source', 'event'));
  end if;
end
$$;

-- Writes what was followed to the audit trail.
create function private.audit_block_event(p_workspace_id uuid, p_added boolean, p_entry jsonb) returns void
  language sql volatile set search_path = '' as $$
  select private.write_audit(p_workspace_id, case when p_added then 'block.added' else 'block.lifted' end, 'block', p_entry ->> 'id', 'high',
    p_entry ->> 'reason', p_entry -> 'details')
$$;

-- One event with its audit entry. Returns null, or why nothing was done.
create or replace function private.apply_block_event(
  p_workspace_id uuid, p_kind text, p_value text, p_until timestamptz, p_reason text, p_added boolean
) returns text
  language plpgsql volatile set search_path = '' as $$
declare v_done record;
begin
  select * into v_done from private.follow_block_event(p_workspace_id, p_kind, p_value, p_until, p_reason, p_added);
  if v_done.problem is null then
    perform private.audit_block_event(p_workspace_id, p_added, v_done.entry);
  end if;
  return v_done.problem;
end
$$;

-- Does what accepted block events say, each in the name of the key that reported it. Of one value the later event counts.
create or replace function private.apply_block_events(p_workspaces uuid[], p_keys uuid[], p_types text[], p_data jsonb[]) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_place int; v_entries jsonb[] := array_fill(null::jsonb, array[cardinality(p_types)]);
begin
  for v_place in
    select i from generate_subscripts(p_types, 1) i
    cross join lateral private.read_block_value(p_data[i] ->> 'kind', p_data[i] ->> 'value') v
    order by p_workspaces[i], p_data[i] ->> 'kind', v.value, i
  loop
    v_entries[v_place] := (private.follow_block_event(p_workspaces[v_place], p_data[v_place] ->> 'kind', p_data[v_place] ->> 'value',
      (p_data[v_place] ->> 'until')::timestamptz, left(p_data[v_place] ->> 'reason', 500), p_types[v_place] = 'blocklist.added')).entry;
  end loop;
  for v_place in select i from generate_subscripts(p_types, 1) i where v_entries[i] is not null order by p_workspaces[i], i loop
    perform set_config('gantry.api_key_id', p_keys[v_place]::text, true);
    perform private.audit_block_event(p_workspaces[v_place], p_types[v_place] = 'blocklist.added', v_entries[v_place]);
  end loop;
end
$$;
