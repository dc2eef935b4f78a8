-- Usage changes are announced beside the cap check, not in it: at most twice a second and process, on a connection of its own.

-- Tells listeners that usage moved in the workspaces of these keys.
create function launch.announce_usage(p_key_hashes text[]) returns void
  language sql volatile security definer set search_path = '' as $$
  select private.announce(w.workspace_id, 'usage', '')
  from (select distinct k.workspace_id from app.api_keys k
    where k.hash in (select decode(h, 'hex') from unnest(p_key_hashes) h)) w
$$;

grant execute on function launch.announce_usage(text[]) to gantry_service;
