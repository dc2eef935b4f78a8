-- Ten thousand due deliveries are worked off at a pace that does not fall with how many wait.

-- A claim walks the index of what is due, oldest first, and stops when it has enough. The planner takes the number of deliveries with
-- nothing before them for one, and would read and sort all that is due for each batch.
alter function app.claim_deliveries(int) set enable_sort = off;
alter function app.claim_deliveries(int) set enable_hashjoin = off;
alter function app.claim_deliveries(int) set enable_mergejoin = off;

-- Room in each page for a second version of every row: a claim then writes no index.
alter table app.deliveries set (fillfactor = 50);

-- An attempt goes with its delivery, which goes with its workspace; a second reference would only be looked up for each.
alter table app.delivery_attempts drop constraint delivery_attempts_workspace_id_fkey;
-- squawk-ignore require-concurrent-index-deletion
drop index app.delivery_attempts_workspace_id_idx;
