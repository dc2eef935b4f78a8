-- A burst of payments opens an alert and stops nothing by itself: a good launch day looks like one.

-- The rules as a new workspace gets them.
create or replace function private.default_threat_rules() returns setof launch.threat_rules
  language sql stable set search_path = '' as $$
  select (null::uuid, d.rule, 'live', d.threshold, d.window_minutes, d.share, d.counts_per, d.answer, '{}'::text[], d.answer_minutes, 1,
    launch.now(), null::uuid)::launch.threat_rules
  from (values
    ('device_farm', 3, 1440, null::float8, 'device', 'watch', 10080),
    ('creator_ring', 50, 5, null, 'country', 'watch', 10080),
    ('payment_burst', 1000, 5, null, 'workspace', 'watch', 30),
    ('chargeback_burst', 10, 60, 0.01, 'country', 'protect', 60)
  ) as d (rule, threshold, window_minutes, share, counts_per, answer, answer_minutes)
$$;

-- A rule that somebody has changed stays as they set it.
update launch.threat_rules r set answer = 'watch' where r.rule = 'payment_burst' and r.answer = 'protect' and r.version = 1;
