-- Money in one currency: what a country's KPIs count in, the rates of each day, and the settings of regions.
--
-- An amount stays in the currency it was reported in. Beside it stands what it comes to in the workspace's reporting currency at the
-- rate of the local date on which it occurred: the newest rate of the seven days that end with it, because weekends and holidays
-- have none. A rate says how many units of quote one unit of base is. It serves both ways and through a third currency, so one
-- daily list against the euro converts everything. An amount without a rate is left out of the sum and its currency is named.

create table launch.currencies (
  code text primary key,
  digits smallint not null,
  constraint code_is_three_capitals check (code ~ '^[A-Z]{3}$'),
  constraint digits_are_few check (digits between 0 and 4)
);

-- ISO 4217 by the decimal places of the minor unit.
insert into launch.currencies (code, digits)
select code, by_digits.digits from (values
  (0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  (2, 'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
    KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
    PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS
    UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG'),
  (3, 'BHD IQD JOD KWD LYD OMR TND'),
  (4, 'CLF UYW')
) as by_digits (digits, codes), regexp_split_to_table(by_digits.codes, '\s+') as code;

-- What a workspace counts in, when a region alert is raised, and what the gate from soft to public asks for. Revenue is in whole units
-- of the reporting currency. Each workspace has its row from the start.
create table launch.region_settings (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  reporting_currency text not null default 'USD' references launch.currencies (code),
  compare_hours smallint not null default 6,
  support_ratio numeric not null default 2,
  support_minimum int not null default 20,
  surge_ratio numeric not null default 3,
  surge_minimum int not null default 1000,
  gate_active_users int not null default 1000,
  gate_revenue int not null default 5000,
  gate_safety_incidents int not null default 20,
  gate_verification_rate numeric not null default 0.5,
  gate_days int not null default 7,
  gate_window_hours smallint not null default 24,
  gate_sample int not null default 50,
  version int not null default 1,
  constraint compare_hours_fit_a_day check (compare_hours between 1 and 24),
  constraint ratios_are_growth check (support_ratio > 1 and support_ratio <= 1000 and surge_ratio > 1 and surge_ratio <= 1000),
  constraint minimums_are_positive check (support_minimum > 0 and surge_minimum > 0),
  constraint gate_counts_are_not_negative check (gate_active_users >= 0 and gate_revenue >= 0 and gate_safety_incidents >= 0
    and gate_days >= 0 and gate_sample >= 0),
  constraint gate_rate_is_a_share check (gate_verification_rate between 0 and 1),
  constraint gate_window_is_a_week_at_most check (gate_window_hours between 1 and 168)
);
create index region_settings_reporting_currency_idx on launch.region_settings (reporting_currency);

create table launch.currency_rates (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  on_date date not null,
  base text not null,
  quote text not null,
  rate numeric not null,
  imported_at timestamptz not null default launch.now(),
  primary key (workspace_id, quote, on_date, base),
  constraint rate_is_positive check (rate > 0 and rate < 1000000000000),
  constraint rate_is_between_two_currencies check (base <> quote)
);

create function private.settle_workspace_regions() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into launch.region_settings (workspace_id) values (new.id);
  return new;
end
$$;
insert into launch.region_settings (workspace_id) select w.id from app.workspaces w;
create trigger _100_settle_workspace_regions after insert on app.workspaces
  for each row execute function private.settle_workspace_regions();

-- The newest rate of one pair in the seven days that end with a date.
create function private.quoted_rate(p_workspace_id uuid, p_base text, p_quote text, p_on date) returns numeric
  language sql stable set search_path = '' as $$
  select r.rate from launch.currency_rates r
  where r.workspace_id = p_workspace_id and r.quote = p_quote and r.base = p_base and r.on_date between p_on - 6 and p_on
  order by r.on_date desc limit 1
$$;

-- How many units of p_to one unit of p_from is on a date: quoted, quoted the other way round, or through a third currency that quotes
-- both. Null when none of these has a rate.
create function private.rate(p_workspace_id uuid, p_from text, p_to text, p_on date) returns numeric
  language sql stable set search_path = '' as $$
  select case when p_from = p_to then 1 else coalesce(
    private.quoted_rate(p_workspace_id, p_from, p_to, p_on),
    1 / private.quoted_rate(p_workspace_id, p_to, p_from, p_on),
    (select private.quoted_rate(p_workspace_id, b.base, p_to, p_on) / private.quoted_rate(p_workspace_id, b.base, p_from, p_on)
      from (select distinct r.base from launch.currency_rates r
        where r.workspace_id = p_workspace_id and r.quote = p_to and r.on_date between p_on - 6 and p_on) b
      where private.quoted_rate(p_workspace_id, b.base, p_from, p_on) is not null order by b.base limit 1)) end
$$;

-- An amount in minor units of another currency, rounded to a whole one. Null without a rate.
create function private.convert_amount(p_workspace_id uuid, p_minor numeric, p_from text, p_to text, p_on date) returns numeric
  language sql stable set search_path = '' as $$
  select case when p_from = p_to then p_minor else
    round(p_minor * private.rate(p_workspace_id, p_from, p_to, p_on) * power(10::numeric, t.digits - f.digits)) end
  from launch.currencies f, launch.currencies t where f.code = p_from and t.code = p_to
$$;

alter table launch.currencies enable row level security;
alter table launch.region_settings enable row level security;
alter table launch.currency_rates enable row level security;
create policy currencies_select_signed_in on launch.currencies for select to authenticated using (true);
create policy region_settings_select_member on launch.region_settings for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
create policy currency_rates_select_member on launch.currency_rates for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
grant select on launch.currencies, launch.region_settings, launch.currency_rates to authenticated;
