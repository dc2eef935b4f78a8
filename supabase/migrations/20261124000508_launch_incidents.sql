-- What people do with incidents: write down what they found, and close them. Closing lets the engine pause the country again, should
-- it be critical still. Reading is for risk.read, writing for alerts.manage. Lock order: the incident, then the audit head.

-- Adds a note. Raises GTNIL for an incident that is not there, GTINV for an empty note.
create function launch.note_incident(p_workspace_id uuid, p_incident_id uuid, p_body text) returns launch.incident_notes
  language plpgsql volatile security definer set search_path = '' as $$
declare v_note launch.incident_notes;
begin
  perform private.require_permission(p_workspace_id, 'alerts.manage');
  perform private.require_permission(p_workspace_id, 'risk.read');
  perform from launch.incidents i where i.id = p_incident_id and i.workspace_id = p_workspace_id for update;
  if not found then
    perform private.refuse('GTNIL', 'There is no such incident.');
  elsif nullif(trim(p_body), '') is null then
    perform private.refuse('GTINV', 'Write something.', jsonb_build_object('field', 'body'));
  end if;
  insert into launch.incident_notes (incident_id, workspace_id, author, body)
  values (p_incident_id, p_workspace_id, (select p.email from app.profiles p where p.id = (select auth.uid())), trim(p_body))
  returning * into v_note;
  perform private.write_audit(p_workspace_id, 'incident.noted', 'incident', p_incident_id::text, 'info', null, jsonb_build_object('note', v_note.body));
  return v_note;
end
$$;

-- Closes an incident with a reason. Raises GTNIL, GTRSN, GTVER, and GTTRN when it is closed.
create function launch.close_incident(p_workspace_id uuid, p_incident_id uuid, p_reason text, p_expected_version int default null)
  returns launch.incidents
  language plpgsql volatile security definer set search_path = '' as $$
declare v_incident launch.incidents;
begin
  perform private.require_permission(p_workspace_id, 'alerts.manage');
  perform private.require_permission(p_workspace_id, 'risk.read');
  select * into v_incident from launch.incidents i where i.id = p_incident_id and i.workspace_id = p_workspace_id for update;
  if v_incident.id is null then
    perform private.refuse('GTNIL', 'There is no such incident.');
  elsif p_expected_version <> v_incident.version then
    perform private.refuse('GTVER', 'Someone else changed this incident meanwhile.', jsonb_build_object('version', v_incident.version));
  elsif v_incident.closed_at is not null then
    perform private.refuse('GTTRN', 'This incident is closed.');
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'Closing needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  return private.end_incident(v_incident, (select p.email from app.profiles p where p.id = (select auth.uid())), trim(p_reason));
end
$$;

alter table launch.risk_scores enable row level security;
alter table launch.incidents enable row level security;
alter table launch.incident_notes enable row level security;
create policy risk_scores_select_reader on launch.risk_scores for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('risk.read'))));
create policy incidents_select_reader on launch.incidents for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('risk.read'))));
create policy incident_notes_select_reader on launch.incident_notes for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('risk.read'))));
grant select on launch.risk_scores, launch.incidents, launch.incident_notes to authenticated;
grant execute on function launch.note_incident(uuid, uuid, text), launch.close_incident(uuid, uuid, text, int) to authenticated;
