-- Tasks over REST, and the end of a draft: a key reads and sets what a person does on the campaign's page.

-- A campaign's tasks, the next due first: 200 at most. Raises GTNIL.
create function launch.read_campaign_tasks(p_workspace_id uuid, p_campaign_id uuid) returns setof launch.campaign_tasks
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  perform launch.read_campaign(p_workspace_id, p_campaign_id);
  return query select t.* from launch.campaign_tasks t where t.workspace_id = p_workspace_id and t.campaign_id = p_campaign_id
    order by t.due_at, t.title, t.id limit 200;
end
$$;

grant execute on function launch.read_campaign_tasks(uuid, uuid) to authenticated, gantry_service;
grant execute on function launch.set_campaign_task(uuid, uuid, uuid, text, timestamptz, uuid, boolean) to gantry_service;
grant execute on function launch.delete_campaign(uuid, uuid, int) to gantry_service;
