-- Verifying the audit trail: reads a workspace's chain from its first entry to its head and names the first place where it breaks.
-- Whoever can write past the triggers can also recompute one entry's hash; then the entry after it, or the head, gives it away.

-- Verifies a workspace's chain. checked is how many entries held; first_bad is the sequence number of
-- the first that did not (null: all did) and problem says why:
--   altered    its content, hash or previous hash was changed, or it was rewritten with a new hash
--   removed    there is no entry of that number, or another was moved into its place and the one before it is gone
--   reordered  it stands where another was: the entry it follows is elsewhere in the trail
--   truncated  the head has counted further than the entries reach: this is the first that is missing
--   added      it lies outside the numbers that the head has counted
-- One pass in order of sequence, without keeping entries. Stable: head and entries are read in one snapshot, so an entry written
-- meanwhile is no fault.
create function private.check_audit(p_workspace_id uuid)
  returns table (checked bigint, first_bad bigint, problem text)
  language plpgsql stable set search_path = '' rows 1 as $$
declare e app.audit_entries; v_head app.audit_heads; v_last bytea := '\x';
begin
  checked := 0;
  for e in select * from app.audit_entries a where a.workspace_id = p_workspace_id order by a.sequence loop
    if e.sequence > checked + 1 then
      first_bad := checked + 1;
      problem := 'removed';
    elsif e.sequence < checked + 1 then
      first_bad := e.sequence;
      problem := 'added';
    elsif e.previous_hash <> v_last then
      select b.first_bad, b.problem into first_bad, problem from private.explain_broken_link(e, v_last) b;
    elsif e.hash <> private.audit_hash(e) then
      first_bad := e.sequence;
      problem := 'altered';
    end if;
    exit when problem is not null;
    checked := checked + 1;
    v_last := e.hash;
  end loop;
  if problem is null then
    select * into v_head from app.audit_heads h where h.workspace_id = p_workspace_id;
    if v_head.sequence > checked then
      first_bad := checked + 1;
      problem := 'truncated';
    elsif coalesce(v_head.sequence, 0) < checked then
      first_bad := coalesce(v_head.sequence, 0) + 1;
      problem := 'added';
    elsif v_head.hash <> v_last then
      first_bad := checked;
      problem := 'altered';
    end if;
  end if;
  return next;
end
$$;

-- The same for holders of audit.read. Definer: an entry's hash is taken with private functions.
create function app.verify_audit(p_workspace_id uuid)
  returns table (checked bigint, first_bad bigint, problem text)
  language plpgsql stable security definer set search_path = '' rows 1 as $$
begin
  perform private.require_permission(p_workspace_id, 'audit.read');
  return query select * from private.check_audit(p_workspace_id);
end
$$;

-- What happened where an entry doesn't carry the hash of the one before it. An entry that is whole in itself still stands in its
-- place, so then it was the one before it that was rewritten.
create function private.explain_broken_link(p_entry app.audit_entries, p_last bytea)
  returns table (first_bad bigint, problem text)
  language plpgsql stable set search_path = '' rows 1 as $$
declare v_linked app.audit_entries := p_entry;
begin
  v_linked.previous_hash := p_last;
  if p_entry.hash = private.audit_hash(p_entry) then
    return query select greatest(p_entry.sequence - 1, 1), 'altered';
  elsif p_entry.hash = private.audit_hash(v_linked) then
    return query select p_entry.sequence, 'altered';
  elsif exists (select from app.audit_entries a
      where a.workspace_id = p_entry.workspace_id and a.hash = p_entry.previous_hash and a.sequence >= p_entry.sequence) then
    return query select p_entry.sequence, 'reordered';
  else
    return query select p_entry.sequence, 'removed';
  end if;
end
$$;

grant execute on function app.verify_audit(uuid) to authenticated;
