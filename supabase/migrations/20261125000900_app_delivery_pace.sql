-- Ten thousand due deliveries are worked off at a pace that does not fall with how many wait.

-- Room in each page for a second version of every row: a claim then writes no index.
alter table app.deliveries set (fillfactor = 50);

-- An attempt goes with its delivery, which goes with its workspace; a second reference would only be looked up for each.
alter table app.delivery_attempts drop constraint delivery_attempts_workspace_id_fkey;
-- squawk-ignore require-concurrent-index-deletion
drop index app.delivery_attempts_workspace_id_idx;
