import { MILLION_ROWS } from "./lists.ts";
import type { Result } from "./measure.ts";
import type { Claim } from "./table.ts";

/** What was measured, by row id. A row that failed is not there. */
export type Results = ReadonlyMap<string, Result>;

type Part = "rate" | "p50" | "p99";

function figureOf(results: Results, id: string, part: Part): number {
  return results.get(id)?.[part] ?? Number.NaN;
}

interface Target {
  claim: string;
  target: number;
  bound: Claim["bound"];
  unit: Claim["unit"];
  value(results: Results): number;
}

type Ratio = Pick<Target, "claim" | "bound" | "target"> & { of: string; by: string; part?: Part };

function ratio({ of, by, part = "rate", ...target }: Ratio): Target {
  const value = (results: Results) => figureOf(results, of, part) / figureOf(results, by, part);
  return { ...target, unit: "×", value };
}

function least(claim: string, target: number, [of, by]: [string, string]): Target {
  return ratio({ claim, bound: "least", target, of, by });
}

/** The p99 of one as a share of another's. */
function shareOf(claim: string, target: number, [of, by]: [string, string]): Target {
  return ratio({ claim, bound: "most", target, of, by, part: "p99" });
}

function milliseconds(claim: string, target: number, value: Target["value"]): Target {
  return { claim, bound: "most", target, unit: "ms", value };
}

const p50 = (id: string) => (results: Results) => figureOf(results, id, "p50");
function perSecond(claim: string, target: number, id: string): Target {
  return { claim, bound: "least", target, unit: "/s", value: (results) => figureOf(results, id, "rate") };
}

const p99 = (id: string) => (results: Results) => figureOf(results, id, "p99");
const added = (of: string, to: string) => (results: Results) =>
  figureOf(results, of, "p50") - figureOf(results, to, "p50");

const TARGETS: Target[] = [
  least("P1 one counter: batch ÷ rate limiter", 10, ["hot", "hot.limiter"]),
  least("P1 one counter: batch ÷ naive", 15, ["hot", "hot.naive"]),
  shareOf("P1 one counter: p99 of batch ÷ of rate limiter", 0.2, ["hot", "hot.limiter"]),
  least("P2 300 counters: batch ÷ rate limiter", 3, ["many", "many.limiter"]),
  least("P2 300 counters: batch ÷ naive", 4, ["many", "many.naive"]),
  least("P4 1 ms more to disk and Postgres: batch ÷ rate limiter", 20, ["far", "far.limiter"]),
  milliseconds("P4 1 ms more to disk and Postgres: p99 of batch", 10, p99("far")),
  least("P5 16 processes: batch ÷ rate limiter", 2.5, ["sixteen", "sixteen.limiter"]),
  least("P6 Next check ÷ its twin that does nothing (0.85 hoped for)", 0.8, ["next.check", "next"]),
  least("P6 Next check ÷ rate limiter in Next", 1.6, ["next.check", "next.limiter"]),
  shareOf("P6 p99 of Next check ÷ of rate limiter in Next", 0.3, ["next.check", "next.limiter"]),
  least("P7 gate ÷ Next route that does nothing", 7, ["gate", "next"]),
  least("P7 gate ÷ Hono echo", 0.45, ["gate", "hono"]),
  milliseconds("P7 gate at 2,000 checks a second: p99", 20, p99("gate.2000")),
  least("P8 Next, 100 checks a request ÷ one", 15, ["next.bulk", "next.check"]),
  milliseconds("P9 200 a second: what the gate adds to an echo, p50", 1.5, added("gate.200", "hono.200")),
  milliseconds("P9 200 a second: the gate, p99", 15, p99("gate.200")),
  milliseconds(
    "P9 200 a second: what the check adds to a Next route, p50",
    1.5,
    added("next.check.200", "next.200"),
  ),
  milliseconds("P9 200 a second: the check in Next, p99", 15, p99("next.check.200")),
  least("Links: Next, a tracked link ÷ a redirect and nothing more", 0.8, ["next.go", "next.away"]),
  least("Links: the gate, a tracked link ÷ Hono's redirect", 0.4, ["gate.go", "hono.away"]),
  milliseconds("an hour of 500,000 events rolled up", 500, p50("hour.rollup")),
  milliseconds("four threat rules over a million events", 500, p50("threats")),
  milliseconds("90 days of hourly KPIs read", 20, p50("history")),
  milliseconds("a dry run of a million decisions", 60_000, p50("dry-run")),
  milliseconds("P14 mission control at 5 million events, median", 300, p50("mission")),
  milliseconds("P14 mission control at 5 million events, worst of 40", 300, p99("mission")),
  ratio({
    claim: "P12 an hour rolled up ÷ its events counted",
    bound: "most",
    target: 8,
    of: "hour.rollup",
    by: "hour.count",
    part: "p50",
  }),
  milliseconds("P12 four threat rules", 200, p50("threats")),
  ratio({
    claim: "P12 KPIs from events ÷ as rolled up",
    bound: "least",
    target: 100,
    of: "hour.raw",
    by: "hour.read",
    part: "p50",
  }),
  ...MILLION_ROWS.map((list) =>
    ratio({
      claim: `P13 ${list} under row policies ÷ past them`,
      bound: "most",
      target: 1.25,
      of: `list.${list}`,
      by: `list.${list}.past`,
      part: "p50",
    }),
  ),
  perSecond("Events at the engine, batches of 1,000, 2 connections", 60_000, "events.two"),
  perSecond("Events over HTTP through the gate, batches of 1,000", 20_000, "events.gate"),
  least("P10 jobs: deliveries ÷ graphile-worker", 1.3, ["jobs", "jobs.graphile"]),
  least("P10 jobs: deliveries ÷ pg-boss", 2, ["jobs", "jobs.boss"]),
  milliseconds(
    "P10 10,000 due deliveries worked off",
    1000,
    (results) => 10_000_000 / figureOf(results, "jobs.due", "rate"),
  ),
  milliseconds("P10 a job of each second starts late, p99", 2000, p99("ticks")),
  least("P11 events: report_events ÷ COPY, one connection each", 0.8, ["events", "events.copy"]),
  least("P11 events: the gate ÷ a route that only parses and checks", 0.2, ["events.gate", "events.read"]),
  least("P11 events: the gate ÷ a route that only parses JSON", 0.2, ["events.gate", "events.parse"]),
  milliseconds("R3 pause acknowledged under 64 callers, worst of 10", 50, p99("pause")),
  milliseconds("R4 back after kill -9 of the gate, worst of 3", 1000, p99("kill.gate")),
  milliseconds("R4 back after kill -9 of Postgres, worst of 3", 5000, p99("kill.postgres")),
];

/** Every target with what was measured; NaN where a row failed. P3 needs Redis, which npm does not bring. */
export function claimsOf(results: Results): Claim[] {
  return TARGETS.map(({ value, ...target }) => ({ ...target, value: value(results) }));
}
