-- The blocklist: devices, accounts and IP ranges that cap checks refuse (reason blocked, retry_after = until). Every block has an
-- end; it is in force while it is not lifted and its end has not come, so it ends by itself.
--
-- Cap checks read it in their own statement, each by one probe: devices and accounts through blocks_one_unlifted_per_value, an IP
-- through blocks_range_idx, and whether a workspace has any block in force at all through blocks_until_idx. Devices and
-- accounts are compared as the caller writes them; an IP goes through private.plain_ip first.
-- Lock order: blocks by kind and value, then the audit head.

create extension if not exists btree_gist with schema extensions;

create table launch.blocks (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  kind text not null,
  value text not null,
  range cidr,
  reason text not null,
  source text not null,
  alert_id uuid references launch.alerts (id) on delete set null,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  until timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid references app.profiles (id) on delete set null,
  constraint kind_is_known check (kind in ('device', 'account', 'ip_range')),
  constraint source_is_known check (source in ('person', 'rule', 'import', 'event')),
  constraint value_is_short check (char_length(value) between 1 and 200),
  constraint reason_is_short check (char_length(reason) between 1 and 500),
  constraint ip_range_has_range check ((kind = 'ip_range') = (range is not null)),
  constraint range_is_its_value check (range::text = value),
  constraint range_is_not_the_internet check (masklen(range) >= case family(range) when 4 then 8 else 32 end)
);
create unique index blocks_one_unlifted_per_value on launch.blocks (workspace_id, kind, value) where lifted_at is null;
create index blocks_range_idx on launch.blocks using gist (workspace_id extensions.gist_uuid_ops, range inet_ops)
  where lifted_at is null and range is not null;
create index blocks_until_idx on launch.blocks (workspace_id, until) where lifted_at is null;
create index blocks_workspace_id_idx on launch.blocks (workspace_id, id desc);
create index blocks_alert_id_idx on launch.blocks (alert_id);
create index blocks_created_by_idx on launch.blocks (created_by);
create index blocks_lifted_by_idx on launch.blocks (lifted_by);

-- An IPv4 address or range that came as IPv6 (::ffff:0:0/96), as IPv4; any other as it is.
create function private.plain_ip(p_ip inet) returns inet
  language sql immutable set search_path = '' as $$
  select case when family(p_ip) = 6 and p_ip <<= inet '::ffff:0:0/96'
    then set_masklen(inet '0.0.0.0' + (host(p_ip)::inet - inet '::ffff:0:0'), masklen(p_ip) - 96) else p_ip end
$$;

-- How the list keeps a value, or what is wrong with it. An address is a range of one; a range given by any of its addresses is kept
-- by its first. Private and loopback ranges may be blocked: only the shield never blocks them by itself.
create function private.read_block_value(p_kind text, p_value text, out value text, out problem text)
  language plpgsql stable set search_path = '' as $$
declare v_text text := trim(p_value); v_range inet;
begin
  if p_kind is null or p_kind not in ('device', 'account', 'ip_range') then
    problem := 'A block is of a device, an account or an ip_range.';
  elsif coalesce(char_length(v_text), 0) not between 1 and 200 then
    problem := 'A value has 1 to 200 characters.';
  elsif p_kind <> 'ip_range' then
    value := v_text;
  elsif not pg_input_is_valid(v_text, 'inet') then
    problem := 'Write an IP address, or a range such as 203.0.113.0/24.';
  else
    v_range := private.plain_ip(v_text::inet);
    if masklen(v_range) < (case family(v_range) when 4 then 8 else 32 end) then
      problem := 'A range may be as wide as /8 (IPv4) or /32 (IPv6), not wider.';
    else
      value := network(v_range)::text;
    end if;
  end if;
end
$$;

-- Puts values on the list, as private.read_block_value gave them. One that is in force keeps the later end, unless a person says
-- otherwise; one that has run out is put away (lifted at its own end) and begins anew.
create function private.put_blocks(
  p_workspace_id uuid, p_kinds text[], p_values text[], p_untils timestamptz[], p_reasons text[], p_source text
) returns setof launch.blocks
  language plpgsql volatile set search_path = '' as $$
begin
  perform b.id from unnest(p_kinds, p_values) as x (kind, value)
  join launch.blocks b on b.workspace_id = p_workspace_id and b.kind = x.kind and b.value = x.value and b.lifted_at is null
  order by b.kind, b.value for update of b;
  update launch.blocks b set lifted_at = b.until from unnest(p_kinds, p_values) as x (kind, value)
  where b.workspace_id = p_workspace_id and b.kind = x.kind and b.value = x.value and b.lifted_at is null and b.until <= launch.now();
  return query
    insert into launch.blocks as b (workspace_id, kind, value, range, reason, source, created_by, until)
    select distinct on (x.kind, x.value) p_workspace_id, x.kind, x.value, case when x.kind = 'ip_range' then x.value::cidr end,
      left(x.reason, 500), p_source, (select auth.uid()), x.until
    from unnest(p_kinds, p_values, p_untils, p_reasons) as x (kind, value, until, reason) order by x.kind, x.value, x.until desc
    on conflict (workspace_id, kind, value) where lifted_at is null do update set reason = excluded.reason, source = excluded.source,
      created_by = excluded.created_by,
      until = case when p_source = 'person' then excluded.until else greatest(b.until, excluded.until) end
    returning b.*;
end
$$;

-- The blocks of a workspace, newest first, below an id: those in force, or all. Raises GTROL, GTNIL. Definer: keys read it too.
create function launch.list_blocks(p_workspace_id uuid, p_kind text, p_value text, p_in_force boolean, p_before uuid, p_limit int)
  returns setof launch.blocks
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'threats.read');
  return query select b.* from launch.blocks b
    where b.workspace_id = p_workspace_id and (p_kind is null or b.kind = p_kind) and (p_value is null or b.value = p_value)
      and (p_in_force is not true or (b.lifted_at is null and b.until > launch.now())) and (p_before is null or b.id < p_before)
    order by b.id desc limit least(p_limit, 1001);
end
$$;

alter table launch.blocks enable row level security;
create policy blocks_select_reader on launch.blocks for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
grant select on launch.blocks to authenticated;
grant execute on function launch.list_blocks(uuid, text, text, boolean, uuid, int) to gantry_service;
