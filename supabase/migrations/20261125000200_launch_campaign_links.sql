-- Tracked links: /go/<slug> leads to a campaign's destination and counts who came through it.
--
-- A link redirects to the address that a member stored with it and nowhere else: nothing of a request decides the destination, so a link
-- is no open redirect. Addresses are https, name a host with a dot and a top-level domain of letters (no IP address), and carry no user
-- name. A slug is unique everywhere, because the path says no workspace; drawn, it has 50 random bits.

-- Whether a link may lead here. A constraint's function: it reads nothing.
create function private.is_link_target(p_url text) returns boolean
  language sql immutable set search_path = '' as $$
  select char_length(p_url) <= 2000 and p_url ~ ('^https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](:[0-9]{1,5})?'
    || '([/?#][!#-;=?-\[\]_a-z~]*)?$')
$$;

create table launch.campaign_links (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  campaign_id uuid not null references launch.campaigns (id) on delete cascade,
  slug text not null,
  label text not null,
  destination text not null,
  waiting_url text,
  active boolean not null default true,
  version int not null default 1,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  constraint campaign_links_slug_is_taken_once unique (slug),
  constraint slug_is_url_safe check (slug ~ '^[a-z0-9](-?[a-z0-9]){2,63}$'),
  constraint label_is_short check (char_length(label) between 1 and 80),
  constraint destination_is_https check (private.is_link_target(destination)),
  constraint waiting_url_is_https check (private.is_link_target(waiting_url))
);
create index campaign_links_campaign_id_idx on launch.campaign_links (campaign_id, id);
create index campaign_links_workspace_id_idx on launch.campaign_links (workspace_id);
create index campaign_links_created_by_idx on launch.campaign_links (created_by);

-- Ten characters that nobody reads wrongly: 32 of them, so each byte's five low bits choose one evenly. The bytes of a version 4 UUID that
-- are all random.
create function private.draw_slug() returns text
  language sql volatile set search_path = '' as $$
  select string_agg(substr('abcdefghijkmnpqrstuvwxyz23456789', (get_byte(d.bytes, i) & 31) + 1, 1), '')
  from (select uuid_send(gen_random_uuid()) as bytes) d, unnest(array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) as i
$$;

-- Refuses what a link can't carry: GTINV.
create function private.require_link(p_label text, p_destination text, p_waiting_url text) returns void
  language plpgsql stable set search_path = '' as $$
begin
  if char_length(p_label) not between 1 and 80 then
    perform private.refuse('GTINV', 'A label has 1 to 80 characters.', jsonb_build_object('field', 'label'));
  elsif not private.is_link_target(p_destination) then
    perform private.refuse('GTINV', 'A link leads to an https address of a named host.', jsonb_build_object('field', 'destination'));
  elsif not private.is_link_target(p_waiting_url) then
    perform private.refuse('GTINV', 'Whoever has to wait is sent to an https address of a named host.', jsonb_build_object('field', 'waiting_url'));
  end if;
end
$$;

-- Makes a link of a campaign. Without a slug one is drawn. Raises GTINV, GTDUP (the slug is taken), GTNIL, GTTRN for a
-- template or a cancelled campaign.
create function launch.create_campaign_link(
  p_workspace_id uuid, p_campaign_id uuid, p_slug text, p_label text, p_destination text, p_waiting_url text default null
) returns launch.campaign_links
  language plpgsql volatile security definer set search_path = '' as $$
declare v_status text; v_template boolean; v_link launch.campaign_links;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.manage');
  select c.status, c.template into v_status, v_template from launch.campaigns c where c.id = p_campaign_id and c.workspace_id = p_workspace_id for no key update;
  if v_status is null then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  elsif v_template then
    perform private.refuse('GTTRN', 'A template has no links: make a campaign from it.');
  elsif v_status = 'cancelled' then
    perform private.refuse('GTTRN', 'This campaign was cancelled.');
  end if;
  perform private.require_link(trim(p_label), p_destination, nullif(p_waiting_url, ''));
  if p_slug is not null and p_slug !~ '^[a-z0-9](-?[a-z0-9]){2,63}$' then
    perform private.refuse('GTINV', 'A slug has 3 to 64 small letters and digits, with single hyphens between them.', jsonb_build_object('field', 'slug'));
  elsif (select count(*) from launch.campaign_links l where l.campaign_id = p_campaign_id) >= 100 then
    perform private.refuse('GTINV', 'A campaign has at most 100 links.', jsonb_build_object('field', 'campaign_id'));
  end if;
  insert into launch.campaign_links (workspace_id, campaign_id, slug, label, destination, waiting_url, created_by)
  values (p_workspace_id, p_campaign_id, coalesce(p_slug, private.draw_slug()), trim(p_label), p_destination, nullif(p_waiting_url, ''), (select auth.uid()))
  on conflict (slug) do nothing returning * into v_link;
  if v_link.id is null then
    perform private.refuse('GTDUP', 'This slug is taken. Choose another one.', jsonb_build_object('field', 'slug'));
  end if;
  perform private.write_audit(p_workspace_id, 'campaign_link.created', 'campaign_link', v_link.id::text, 'notice', null, jsonb_build_object(
    'campaign_id', p_campaign_id, 'slug', v_link.slug, 'destination', v_link.destination, 'waiting_url', v_link.waiting_url));
  return v_link;
end
$$;

-- Changes a link; null keeps what it has, an empty waiting_url takes it away. Its slug and campaign stay: what was printed keeps leading to
-- the same campaign. Raises GTINV, GTNIL, GTVER.
create function launch.change_campaign_link(
  p_workspace_id uuid, p_campaign_id uuid, p_slug text, p_label text default null, p_destination text default null,
  p_waiting_url text default null, p_active boolean default null, p_expected_version int default null
) returns launch.campaign_links
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.campaign_links; v_link launch.campaign_links;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.manage');
  select * into v_was from launch.campaign_links l where l.slug = p_slug and l.campaign_id = p_campaign_id and l.workspace_id = p_workspace_id
  for update;
  if v_was.id is null then
    perform private.refuse('GTNIL', 'There is no such link.');
  elsif p_expected_version <> v_was.version then
    perform private.refuse('GTVER', 'Someone else changed this link meanwhile.', jsonb_build_object('version', v_was.version));
  end if;
  v_link := v_was;
  v_link.label := coalesce(trim(p_label), v_was.label);
  v_link.destination := coalesce(p_destination, v_was.destination);
  v_link.waiting_url := nullif(coalesce(p_waiting_url, v_was.waiting_url), '');
  v_link.active := coalesce(p_active, v_was.active);
  perform private.require_link(v_link.label, v_link.destination, v_link.waiting_url);
  if v_link = v_was then
    return v_was;
  end if;
  update launch.campaign_links l set label = v_link.label, destination = v_link.destination, waiting_url = v_link.waiting_url,
    active = v_link.active, version = l.version + 1
  where l.id = v_was.id returning * into v_link;
  perform private.write_audit(p_workspace_id, 'campaign_link.changed', 'campaign_link', v_link.id::text, 'notice', null, jsonb_build_object(
    'campaign_id', v_link.campaign_id, 'slug', v_link.slug, 'active', v_link.active, 'destination', v_link.destination,
    'was_destination', nullif(v_was.destination, v_link.destination), 'waiting_url', v_link.waiting_url));
  return v_link;
end
$$;

alter table launch.campaign_links enable row level security;
create policy campaign_links_select_reader on launch.campaign_links for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
grant select on launch.campaign_links to authenticated;
grant execute on function launch.create_campaign_link(uuid, uuid, text, text, text, text),
  launch.change_campaign_link(uuid, uuid, text, text, text, text, boolean, int) to authenticated, gantry_service;
