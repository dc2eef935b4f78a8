-- Changes of the market sequence by people. Each takes the sequence's row first, so that orders never mix, and raises GTVER when
-- p_expected_version is given and somebody else has changed it meanwhile. Lock order: the sequence, then what is listed, the audit head last.

-- Makes the sequence where there is none, locks it, and counts the change. The seed's checklist comes with it.
create function private.lock_sequence(p_workspace_id uuid, p_expected_version int) returns launch.sequences
  language plpgsql volatile set search_path = '' as $$
declare v_sequence launch.sequences;
begin
  perform private.require_permission(p_workspace_id, 'sequence.manage');
  insert into launch.sequences (workspace_id) values (p_workspace_id) on conflict do nothing;
  if found then
    insert into launch.checklist_items (workspace_id, position, title)
    select p_workspace_id, i, t from unnest(array['Monitoring is live and watched', 'The team is trained', 'The incident response plan is ready',
      'Moderation speaks the language', 'Support hours are covered', 'Payment methods of the country work', 'Terms and privacy notice are in the language',
      'Caps and throttle limits are set']) with ordinality as x (t, i);
  end if;
  update launch.sequences s set version = s.version + 1 where s.workspace_id = p_workspace_id returning * into v_sequence;
  if p_expected_version is not null and p_expected_version <> v_sequence.version - 1 then
    perform private.refuse('GTVER', 'Someone else changed the sequence meanwhile.', jsonb_build_object('version', v_sequence.version - 1));
  end if;
  return v_sequence;
end
$$;

-- Puts countries at the end of the sequence, listing those that are not. Those already in it stay. Returns how many were new.
create function launch.add_sequence_countries(p_workspace_id uuid, p_countries text[], p_template text default null, p_expected_version int default null)
  returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_last int; v_added int; v_countries text[] := p_countries;
begin
  perform private.lock_sequence(p_workspace_id, p_expected_version);
  if p_template is not null then
    v_countries := array(select t.country from launch.sequence_templates t where t.template = p_template order by t.position);
  end if;
  if coalesce(cardinality(v_countries), 0) = 0 then
    perform private.refuse('GTINV', 'Choose countries or a template.', jsonb_build_object('field', 'countries'));
  end if;
  perform launch.list_countries(p_workspace_id, v_countries);
  select coalesce(max(s.position), 0) into v_last from launch.sequence_steps s where s.workspace_id = p_workspace_id;
  insert into launch.sequence_steps (workspace_id, country, position)
  select p_workspace_id, n.country, v_last + row_number() over (order by n.place)
  from (select c as country, min(i) as place from unnest(v_countries) with ordinality as x (c, i) group by c) n
  where not exists (select from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country = n.country);
  get diagnostics v_added = row_count;
  perform private.write_audit(p_workspace_id, 'sequence.extended', 'sequence', 'all', 'notice', null,
    jsonb_build_object('template', p_template, 'countries', v_countries, 'added', v_added));
  return v_added;
end
$$;

-- Takes a country out of the sequence. It stays listed; what depends on it no longer does.
create function launch.remove_sequence_country(p_workspace_id uuid, p_country text, p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_position int;
begin
  perform private.lock_sequence(p_workspace_id, p_expected_version);
  delete from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country = p_country returning s.position into v_position;
  if v_position is null then
    perform private.refuse('GTNIL', 'This country is not in the sequence.', jsonb_build_object('country', p_country));
  end if;
  set constraints launch.sequence_steps_one_per_position deferred;
  update launch.sequence_steps s set position = s.position - 1 where s.workspace_id = p_workspace_id and s.position > v_position;
  update launch.proposals p set state = 'outdated' where p.workspace_id = p_workspace_id and p.country = p_country and p.state in ('open', 'approved');
  perform private.settle_alert(p_workspace_id, 'proposal:' || p_country, 'The country left the sequence.');
  perform private.write_audit(p_workspace_id, 'sequence.shortened', 'sequence', p_country, 'notice', null, jsonb_build_object('position', v_position));
end
$$;

-- Gives the sequence a new order: exactly its countries, each once (GTINV).
create function launch.reorder_sequence(p_workspace_id uuid, p_countries text[], p_expected_version int default null) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was text[]; v_version int := (private.lock_sequence(p_workspace_id, p_expected_version)).version;
begin
  select array_agg(s.country order by s.position) into v_was from launch.sequence_steps s where s.workspace_id = p_workspace_id;
  if array(select unnest(v_was) order by 1) <> array(select unnest(p_countries) order by 1) then
    perform private.refuse('GTINV', 'The order has to name each country of the sequence once.', jsonb_build_object('field', 'countries'));
  end if;
  set constraints launch.sequence_steps_one_per_position deferred;
  update launch.sequence_steps s set position = o.position
  from unnest(p_countries) with ordinality as o (country, position) where s.workspace_id = p_workspace_id and s.country = o.country;
  perform private.write_audit(p_workspace_id, 'sequence.reordered', 'sequence', 'all', 'notice', null, jsonb_build_object('was', v_was, 'order', p_countries));
  return v_version;
end
$$;

-- Says how a country moves: mode, the phase it opens in, whether its checklist has to be complete, and its change window (all three or none).
create function launch.set_sequence_step(
  p_workspace_id uuid, p_country text, p_mode text, p_opens_as text, p_needs_checklist boolean, p_window_days int[] default null,
  p_window_from text default null, p_window_to text default null, p_expected_version int default null
) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.sequence_steps;
begin
  perform private.lock_sequence(p_workspace_id, p_expected_version);
  if num_nulls(p_window_days, p_window_from, p_window_to) not in (0, 3) or p_window_to <= p_window_from then
    perform private.refuse('GTINV', 'A change window has days, a start and a later end.', jsonb_build_object('field', 'window_to'));
  end if;
  select * into v_was from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country = p_country;
  if v_was.country is null then
    perform private.refuse('GTNIL', 'This country is not in the sequence.', jsonb_build_object('country', p_country));
  end if;
  update launch.sequence_steps s set mode = p_mode, opens_as = p_opens_as, needs_checklist = p_needs_checklist, window_days = p_window_days,
    window_from = p_window_from, window_to = p_window_to where s.workspace_id = p_workspace_id and s.country = p_country;
  perform private.write_audit(p_workspace_id, 'sequence.step_changed', 'sequence', p_country, 'high', null, jsonb_build_object('was', to_jsonb(v_was),
    'mode', p_mode, 'opens_as', p_opens_as, 'needs_checklist', p_needs_checklist, 'window_days', p_window_days, 'window_from', p_window_from, 'window_to', p_window_to));
end
$$;

-- Makes a country wait for another, or with p_phase null no longer. Raises GTTRN when they would wait for each other.
create function launch.set_sequence_dependency(
  p_workspace_id uuid, p_country text, p_needs_country text, p_phase text, p_days int default 0, p_below_level text default null,
  p_expected_version int default null
) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_sequence(p_workspace_id, p_expected_version);
  if p_country <> p_needs_country
    and (select count(*) from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country in (p_country, p_needs_country)) < 2 then
    perform private.refuse('GTNIL', 'Both countries have to be in the sequence.', jsonb_build_object('field', 'needs_country'));
  end if;
  if p_phase is null then
    delete from launch.sequence_dependencies d where d.workspace_id = p_workspace_id and d.country = p_country and d.needs_country = p_needs_country;
  else
    if p_country = p_needs_country or exists (
        with recursive needed as (
          select p_needs_country as country
          union select d.needs_country from needed n join launch.sequence_dependencies d on d.workspace_id = p_workspace_id and d.country = n.country)
        select from needed n where n.country = p_country) then
      perform private.refuse('GTTRN', 'These countries would wait for each other.', jsonb_build_object('field', 'needs_country'));
    end if;
    insert into launch.sequence_dependencies as d (workspace_id, country, needs_country, needs_phase, needs_days, below_level)
    values (p_workspace_id, p_country, p_needs_country, p_phase, p_days, p_below_level)
    on conflict (workspace_id, country, needs_country) do update set needs_phase = excluded.needs_phase, needs_days = excluded.needs_days,
      below_level = excluded.below_level;
  end if;
  perform private.write_audit(p_workspace_id, 'sequence.dependency_changed', 'sequence', p_country, 'notice', null,
    jsonb_build_object('needs_country', p_needs_country, 'phase', p_phase, 'days', p_days, 'below_level', p_below_level));
end
$$;

-- Freezes one country, or all, for at most a year. Returns the freeze.
create function launch.freeze_sequence(p_workspace_id uuid, p_country text, p_from timestamptz, p_until timestamptz, p_reason text) returns launch.freezes
  language plpgsql volatile security definer set search_path = '' as $$
declare v_freeze launch.freezes;
begin
  perform private.require_permission(p_workspace_id, 'sequence.manage');
  if p_until <= greatest(p_from, launch.now()) or p_until > launch.now() + interval '366 days' then
    perform private.refuse('GTINV', 'A freeze ends after it begins, within a year.', jsonb_build_object('field', 'until'));
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A freeze needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_country is not null and not exists (select from launch.countries c where c.workspace_id = p_workspace_id and c.code = p_country) then
    perform private.refuse('GTNIL', 'This country is not listed.', jsonb_build_object('country', p_country));
  end if;
  insert into launch.freezes (workspace_id, country, from_at, until, reason, created_by)
  values (p_workspace_id, p_country, p_from, p_until, trim(p_reason), (select auth.uid())) returning * into v_freeze;
  perform private.write_audit(p_workspace_id, 'sequence.frozen', 'sequence', coalesce(p_country, 'all'), 'high', p_reason, jsonb_build_object('from', p_from, 'until', p_until));
  return v_freeze;
end
$$;

-- Ends a freeze before its end.
create function launch.end_freeze(p_workspace_id uuid, p_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_freeze launch.freezes;
begin
  perform private.require_permission(p_workspace_id, 'sequence.manage');
  update launch.freezes f set ended_at = launch.now() where f.workspace_id = p_workspace_id and f.id = p_id and f.ended_at is null and f.until > launch.now()
  returning * into v_freeze;
  if v_freeze.id is null then
    perform private.refuse('GTTRN', 'This freeze is not in force.');
  end if;
  perform private.write_audit(p_workspace_id, 'sequence.thawed', 'sequence', coalesce(v_freeze.country, 'all'), 'high', null, jsonb_build_object('until', v_freeze.until));
end
$$;

-- Ticks an item of a country's checklist, or takes the tick back.
create function launch.tick_checklist(p_workspace_id uuid, p_country text, p_item_id uuid, p_done boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_title text;
begin
  perform private.require_permission(p_workspace_id, 'sequence.manage');
  select i.title into v_title from launch.checklist_items i where i.workspace_id = p_workspace_id and i.id = p_item_id;
  if v_title is null or not exists (select from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country = p_country) then
    perform private.refuse('GTNIL', 'There is no such item or country in the sequence.');
  elsif p_done then
    insert into launch.checklist_ticks (workspace_id, country, item_id, ticked_by) values (p_workspace_id, p_country, p_item_id, (select auth.uid()))
    on conflict do nothing;
  else
    delete from launch.checklist_ticks t where t.workspace_id = p_workspace_id and t.country = p_country and t.item_id = p_item_id;
  end if;
  perform private.write_audit(p_workspace_id, case when p_done then 'checklist.ticked' else 'checklist.unticked' end, 'sequence', p_country, 'info', null,
    jsonb_build_object('item', v_title));
end
$$;

-- Replaces the checklist by these titles. Titles that stay keep their ticks.
create function launch.set_checklist(p_workspace_id uuid, p_titles text[], p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_sequence(p_workspace_id, p_expected_version);
  delete from launch.checklist_items i where i.workspace_id = p_workspace_id and not i.title = any (p_titles);
  update launch.checklist_items i set position = t.position from unnest(p_titles) with ordinality as t (title, position)
  where i.workspace_id = p_workspace_id and i.title = t.title;
  insert into launch.checklist_items (workspace_id, position, title)
  select p_workspace_id, min(t.position), t.title from unnest(p_titles) with ordinality as t (title, position)
  where not exists (select from launch.checklist_items i where i.workspace_id = p_workspace_id and i.title = t.title) group by t.title;
  perform private.write_audit(p_workspace_id, 'checklist.changed', 'sequence', 'all', 'notice', null, jsonb_build_object('items', p_titles));
end
$$;

grant execute on function launch.add_sequence_countries(uuid, text[], text, int), launch.remove_sequence_country(uuid, text, int),
  launch.reorder_sequence(uuid, text[], int), launch.set_sequence_step(uuid, text, text, text, boolean, int[], text, text, int),
  launch.set_sequence_dependency(uuid, text, text, text, int, text, int), launch.freeze_sequence(uuid, text, timestamptz, timestamptz, text),
  launch.end_freeze(uuid, uuid), launch.tick_checklist(uuid, text, uuid, boolean), launch.set_checklist(uuid, text[], int) to authenticated;
