-- What the console's country pages need besides the tables: the newest changes of a workspace in order of time, and the way from
-- an idempotency key to its receipt. Nothing here is touched by a cap check.

-- The table is new in this release: nothing waits for the index.
-- squawk-ignore require-concurrent-index-creation
create index policy_versions_changed_at_idx on launch.policy_versions (workspace_id, changed_at desc);

-- The receipt that an idempotency key of this workspace stands for, or null: keys are remembered for at least 48 hours.
-- Definer: the keys themselves are nobody's to read. Raises GTROL without receipts.read, GTNIL for another workspace.
create function launch.find_receipt(p_workspace_id uuid, p_idempotency_key text) returns uuid
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'receipts.read');
  return (
    select k.receipt_id from launch.idempotency_keys k
    where k.workspace_id = p_workspace_id and k.key = p_idempotency_key
    order by k.decided_at desc limit 1);
end
$$;

grant execute on function launch.find_receipt(uuid, text) to authenticated;
