-- Who may read an audit entry may read the text its hash is taken over, so that an export can be verified by anybody. The function only
-- formats the row it is given; row-level security still decides which rows those are.

grant execute on function private.audit_text(app.audit_entries) to authenticated;
