import { is } from "drizzle-orm";
import { getTableConfig, getViewConfig, type PgColumn, PgTable, PgView } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ALERT_CHANGES,
  ALERT_KINDS,
  ALERT_OUTCOMES,
  ALERT_SEVERITIES,
  ALERT_STATUSES,
} from "#lib/alerts/vocabulary.ts";
import { CAMPAIGN_SHAPES, CAMPAIGN_STATUSES } from "#lib/campaigns/vocabulary.ts";
import * as alertsSchema from "#lib/db/alerts-schema.ts";
import * as appSchema from "#lib/db/app-schema.ts";
import * as campaignsSchema from "#lib/db/campaigns-schema.ts";
import * as deliverySchema from "#lib/db/delivery-schema.ts";
import * as dryRunsSchema from "#lib/db/dry-runs-schema.ts";
import * as experimentsSchema from "#lib/db/experiments-schema.ts";
import * as forecastSchema from "#lib/db/forecast-schema.ts";
import * as jobsSchema from "#lib/db/jobs-schema.ts";
import * as launchSchema from "#lib/db/launch-schema.ts";
import * as linksSchema from "#lib/db/links-schema.ts";
import * as loadSchema from "#lib/db/load-schema.ts";
import * as queueSchema from "#lib/db/queue-schema.ts";
import * as regionsSchema from "#lib/db/regions-schema.ts";
import * as reportsSchema from "#lib/db/reports-schema.ts";
import * as sequenceSchema from "#lib/db/sequence-schema.ts";
import * as signalsSchema from "#lib/db/signals-schema.ts";
import * as threatsSchema from "#lib/db/threats-schema.ts";
import {
  CHANNEL_KINDS,
  DELIVERY_STATES,
  DISABLED_REASONS,
  MESSAGE_TYPES,
  RETRY_SECONDS,
} from "#lib/delivery/vocabulary.ts";
import { DRY_RUN_STATUSES } from "#lib/dryrun/vocabulary.ts";
import {
  EXPERIMENT_METRICS,
  EXPERIMENT_OUTCOMES,
  EXPERIMENT_STATUSES,
  LEFT_OUT,
} from "#lib/experiments/vocabulary.ts";
import { FORECAST_BASES } from "#lib/forecast/vocabulary.ts";
import { COUNTRY_CODES } from "#lib/launch/country-codes.ts";
import { MINOR_DIGITS } from "#lib/launch/currencies.ts";
import {
  DEFAULT_USER_UNITS,
  EU_FIRST_WAVE,
  OPEN_PHASES,
  OPERATIONS,
  PHASES,
  RESERVATION_STATES,
} from "#lib/launch/vocabulary.ts";
import { ATTRIBUTION_STEPS, BOT_REASONS } from "#lib/links/vocabulary.ts";
import { LIMIT_KINDS, LIMIT_SOURCES } from "#lib/load/vocabulary.ts";
import { QUEUED_OPERATIONS, TICKET_STATES } from "#lib/queue/vocabulary.ts";
import { GATE_OUTCOMES, RISK_LEVELS, RISK_METRICS } from "#lib/regions/vocabulary.ts";
import { CEILING_LEVELS, PROPOSAL_STATES, SEQUENCE_TEMPLATES, STEP_MODES } from "#lib/sequence/vocabulary.ts";
import { EVENT_TYPES } from "#lib/signals/vocabulary.ts";
import {
  BLOCK_KINDS,
  BLOCK_SOURCES,
  COUNTS_PER,
  FINDING_MODES,
  PATTERN_STATES,
  RULE_ANSWERS,
  RULE_MODES,
  THREAT_RULES,
} from "#lib/threats/vocabulary.ts";
import { ENVIRONMENTS, PERMISSIONS, ROLES, SCOPES } from "#lib/workspace/vocabulary.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ clock: false });
});
afterAll(() => db.close());
interface Mirror {
  name: string;
  isView: boolean;
  columns: PgColumn[];
}

function mirrors(): Mirror[] {
  return [
    appSchema,
    launchSchema,
    alertsSchema,
    campaignsSchema,
    deliverySchema,
    dryRunsSchema,
    experimentsSchema,
    forecastSchema,
    jobsSchema,
    reportsSchema,
    sequenceSchema,
    signalsSchema,
    regionsSchema,
    threatsSchema,
    linksSchema,
    loadSchema,
    queueSchema,
  ].flatMap((module) =>
    Object.values(module).map((entry) => {
      if (is(entry, PgTable)) {
        const { schema, name, columns } = getTableConfig(entry);
        return { name: `${schema}.${name}`, isView: false, columns };
      }
      if (!is(entry, PgView)) throw new Error("a mirror holds tables and views only");
      const { schema, name, selectedFields } = getViewConfig(entry);
      return {
        name: `${schema}.${name}`,
        isView: true,
        columns: Object.values(selectedFields) as PgColumn[],
      };
    }),
  );
}

/** What a person may read and no page does. */
const UNREAD = new Map([["app.audit_heads", ["hash"]]]);

describe("the Drizzle mirror", () => {
  test.each(mirrors())(
    "CAT-11 $name has the columns, types and nullability of the database",
    async ({ name, isView, columns }) => {
      const rows = await db.owner<{ name: string; type: string; required: boolean }[]>`
      select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required from pg_attribute a
      where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped
        and has_column_privilege('authenticated', a.attrelid, a.attnum, 'select') order by a.attname`;
      const unread = UNREAD.get(name) ?? [];
      const mirrored = columns.map((column) => ({
        name: column.name,
        type: column.getSQLType(),
        required: column.notNull,
      }));
      const real = rows.filter((row) => !unread.includes(row.name));
      // A view's columns say nothing of null.
      const shape = (list: typeof mirrored) =>
        list
          .map((column) => (isView ? { ...column, required: null } : column))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      expect(shape(mirrored)).toEqual(shape(real));
    },
  );

  test("CAT-11 nothing that a person may read is missing from it", async () => {
    const readable = await db.owner<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c where c.relnamespace::regnamespace::text in ('app', 'launch')
        and c.relkind in ('r', 'p', 'v') and has_any_column_privilege('authenticated', c.oid, 'select') order by 1`;
    expect(
      mirrors()
        .map((mirror) => mirror.name)
        .toSorted(),
    ).toEqual(readable.map((row) => row.name));
  });
});

/** The words that a check constraint allows. */
async function allowed(constraint: string, table: string): Promise<string[]> {
  const [row] = await db.owner`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = ${constraint} and conrelid = ${table}::regclass`;
  return [...String(row?.definition).matchAll(/'([^']+)'::text/g)].map((match) => match[1] ?? "");
}

describe("vocabularies", () => {
  test("CAT-12 roles, permissions and scopes are those of app.role_permissions", async () => {
    const column = async (query: string) =>
      (await db.owner.unsafe<{ name: string }[]>(query)).map((row) => row.name);
    expect(await column("select name from app.roles where name <> 'api_key' order by rank")).toEqual([
      ...ROLES,
    ]);
    expect(await column("select name from app.permissions order by 1")).toEqual(PERMISSIONS.toSorted());
    expect(
      await column("select permission as name from app.role_permissions where role = 'api_key' order by 1"),
    ).toEqual(SCOPES.toSorted());
  });

  test("CAT-12 event types are those of launch.event_types", async () => {
    const rows = await db.owner<{ type: string }[]>`select type from launch.event_types order by type`;
    expect(rows.map(({ type }) => type)).toEqual(EVENT_TYPES.toSorted());
  });

  test("CAT-12 each role holds what the written table says and nothing else", async () => {
    const everybody =
      "workspace.read countries.read flags.read throttle.read regions.read alerts.read queue.read sequence.read";
    const watch = "load.read risk.read threats.read threats.manage alerts.manage jobs.read";
    const plan = "campaigns.read experiments.read";
    const admin = `${everybody} ${watch} workspace.manage members.manage keys.manage countries.manage countries.pause counters.correct
      receipts.read audit.read flags.manage throttle.override load.manage risk.manage queue.manage jobs.run notifications.manage
      ${plan} campaigns.manage sequence.manage sequence.approve dryruns.read dryruns.run experiments.manage routines.tick routines.manage
      reports.read reports.manage`;
    const table: Record<string, string> = {
      owner: `${admin} owners.manage`,
      admin,
      marketing: `${everybody} ${plan} campaigns.manage routines.tick audit.read_own`,
      safety: `${everybody} ${watch} countries.pause receipts.read audit.read_own dryruns.read dryruns.run routines.tick`,
      viewer: `${everybody} ${plan}`,
      api_key:
        "caps.check countries.read countries.manage countries.pause flags.read throttle.read signals.report risk.read threats.read alerts.read jobs.run campaigns.read campaigns.manage campaigns.track sequence.read dryruns.read dryruns.run reports.read reports.manage",
    };
    const rows = await db.owner<{ role: string; permissions: string[] }[]>`
      select role, array_agg(permission) as permissions from app.role_permissions group by role`;
    const sorted = (words: string[]) => words.toSorted();
    expect(Object.fromEntries(rows.map((row) => [row.role, sorted(row.permissions)]))).toEqual(
      Object.fromEntries(Object.entries(table).map(([role, words]) => [role, sorted(words.split(/\s+/))])),
    );
  });

  test.each([
    ["phase_is_known", "launch.countries", PHASES],
    ["remembered_phase_is_open", "launch.countries", OPEN_PHASES],
    ["operation_is_known", "launch.caps", OPERATIONS],
    ["operation_is_known", "launch.counters", OPERATIONS],
    ["operation_is_known", "launch.throttle_policies", OPERATIONS],
    ["state_is_known", "launch.reservations", RESERVATION_STATES],
    ["environment_is_known", "app.workspaces", ENVIRONMENTS],
    ["source_is_known", "launch.limits", LIMIT_SOURCES],
    ["kind_is_known", "launch.limits", LIMIT_KINDS],
    ["level_is_known", "launch.risk_scores", RISK_LEVELS],
    ["status_is_known", "launch.dry_runs", DRY_RUN_STATUSES],
    ["metric_is_known", "launch.experiments", EXPERIMENT_METRICS],
    ["status_is_known", "launch.experiments", EXPERIMENT_STATUSES],
    ["outcome_is_known", "launch.experiments", EXPERIMENT_OUTCOMES],
    ["operation_is_known", "launch.experiments", OPERATIONS],
    ["left_out_is_known", "launch.experiment_days", LEFT_OUT],
    ["basis_is_known", "launch.forecasts", FORECAST_BASES],
    ["outcome_is_known", "launch.gate_results", GATE_OUTCOMES],
    ["kind_is_known", "launch.blocks", BLOCK_KINDS],
    ["source_is_known", "launch.blocks", BLOCK_SOURCES],
    ["status_is_known", "launch.campaigns", CAMPAIGN_STATUSES],
    ["shape_is_known", "launch.campaigns", CAMPAIGN_SHAPES],
    ["bot_reason_is_known", "launch.clicks", BOT_REASONS],
    ["step_is_known", "launch.attributions", ATTRIBUTION_STEPS],
    ["operation_can_wait", "launch.queues", QUEUED_OPERATIONS],
    ["state_is_known", "launch.tickets", TICKET_STATES],
    ["severity_is_known", "launch.alerts", ALERT_SEVERITIES],
    ["status_is_known", "launch.alerts", ALERT_STATUSES],
    ["outcome_is_known", "launch.alerts", ALERT_OUTCOMES],
    ["change_is_known", "launch.alert_changes", ALERT_CHANGES],
    ["mode_is_known", "launch.sequence_steps", STEP_MODES],
    ["opening_phase_is_open", "launch.sequence_steps", OPEN_PHASES],
    ["template_is_known", "launch.sequence_templates", SEQUENCE_TEMPLATES],
    ["needed_phase_is_open", "launch.sequence_dependencies", OPEN_PHASES],
    ["level_is_above_low", "launch.sequence_dependencies", CEILING_LEVELS],
    ["state_is_known", "launch.proposals", PROPOSAL_STATES],
    ["rule_is_known", "launch.threat_rules", THREAT_RULES],
    ["mode_is_known", "launch.threat_rules", RULE_MODES],
    ["answer_is_known", "launch.threat_rules", RULE_ANSWERS],
    ["entity_is_known", "launch.threat_rules", COUNTS_PER],
    ["state_is_known", "launch.threat_patterns", PATTERN_STATES],
    ["mode_is_known", "launch.threat_patterns", FINDING_MODES],
    ["mode_is_known", "launch.threat_findings", FINDING_MODES],
    ["kind_is_known", "app.channels", CHANNEL_KINDS],
    ["severity_is_known", "app.channels", ALERT_SEVERITIES],
    ["disabled_reason_is_known", "app.channels", DISABLED_REASONS],
    ["state_is_known", "app.deliveries", DELIVERY_STATES],
  ] as const)("CAT-12 %s of %s allows exactly %j", async (constraint, table, words) => {
    expect(await allowed(constraint, table)).toEqual([...words]);
  });

  test("CAT-12 the kinds of alerts are those of launch.alert_kinds", async () => {
    const rows = await db.owner<{ kind: string }[]>`select kind from launch.alert_kinds`;
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(ALERT_KINDS.toSorted());
  });

  test("CAT-12 currencies and the metrics of rules agree with the database", async () => {
    const rows = await db.owner<
      { code: string; digits: number }[]
    >`select code, digits from launch.currencies`;
    expect(Object.fromEntries(rows.map(({ code, digits }) => [code, digits]))).toEqual(MINOR_DIGITS);
    const [rules] = await db.owner`select prosrc as source from pg_proc where proname = 'require_rules'`;
    const list = /'metric', ''\) not in \(([^)]+)\)/.exec(String(rules?.source))?.[1] ?? "";
    expect([...list.matchAll(/'(\w+)'/g)].map((match) => match[1])).toEqual([...RISK_METRICS]);
  });

  test("CAT-12 the types of messages and the pauses between tries are the database's", async () => {
    const rows = await db.owner<{ type: string }[]>`select type from app.message_types`;
    expect(rows.map(({ type }) => type).toSorted()).toEqual(["channel.test", ...MESSAGE_TYPES].toSorted());
    for (const [place, seconds] of [...RETRY_SECONDS, null].entries()) {
      const [row] =
        await db.owner`select extract(epoch from private.retry_delay(${place + 1}))::float8 as wait`;
      if (seconds === null) expect(row?.wait).toBeNull();
      else expect(row?.wait / seconds - 1.05).toBeCloseTo(0, 1);
    }
  });

  test("CAT-12 default caps, country codes and the first wave agree with the database", async () => {
    for (const phase of OPEN_PHASES) {
      const [row] = await db.owner`select private.default_user_units(${phase}) as units`;
      expect(row?.units).toBe(DEFAULT_USER_UNITS[phase]);
    }
    const codes = await db.owner<
      { code: string; population: string | null }[]
    >`select code, population from launch.iso_countries order by code`;
    expect(codes.map((row) => row.code)).toEqual([...COUNTRY_CODES]);
    const planned = new Set(codes.filter((row) => row.population !== null).map((row) => row.code));
    expect(EU_FIRST_WAVE.filter((code) => !planned.has(code))).toEqual([]);
  });
});
