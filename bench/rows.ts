import { replayMillion } from "./dry-run.ts";
import { askEngine, askFarAway, askFromMany } from "./engine.ts";
import { loadEvents, loadServer, startEcho, startGate } from "./http.ts";
import { ingest } from "./ingest.ts";
import { listUnderPolicies, MILLION_ROWS } from "./lists.ts";
import type { Result } from "./measure.ts";
import { renderMission } from "./mission-control.ts";
import { startNext } from "./next-app.ts";
import { killGate, killPostgres, pauseUnderLoad } from "./outages.ts";
import { drain, tickLateness } from "./outbox.ts";
import type { Place } from "./place.ts";
import { followLink } from "./redirect.ts";
import {
  catchUpThreats,
  countHour,
  detectThreats,
  evaluateLoad,
  readHistory,
  readRaw,
  readRolledUp,
  rollUpHour,
} from "./watch.ts";

/** One line of a table. */
export interface Row {
  id: string;
  name: string;
  measure(place: Place): Promise<Result>;
}

const row = (id: string, name: string, measure: Row["measure"]): Row => ({ id, name, measure });

const CHECK = "/api/v1/cap-checks";

const ENGINE: Row[] = [
  row("hot", "one counter: natural batch, key and receipt", (place) => askEngine(place, "batch", 1)),
  row("hot.limiter", "one counter: rate-limiter-flexible, pool of 10", (place) =>
    askEngine(place, "limiter", 1),
  ),
  row("hot.naive", "one counter: naive, one statement each, pool of 20", (place) =>
    askEngine(place, "naive", 1),
  ),
  row("many", "300 counters: natural batch, key and receipt", (place) => askEngine(place, "batch", 300)),
  row("many.limiter", "300 counters: rate-limiter-flexible", (place) => askEngine(place, "limiter", 300)),
  row("many.naive", "300 counters: naive", (place) => askEngine(place, "naive", 300)),
];

const PROCESSES: Row[] = [
  row("four", "natural batch, 4 processes of 16 callers", (place) => askFromMany(place, "batch", 4)),
  row("sixteen", "natural batch, 16 processes of 4 callers", (place) => askFromMany(place, "batch", 16)),
  row("sixteen.limiter", "rate-limiter-flexible, 16 processes of 4 callers", (place) =>
    askFromMany(place, "limiter", 16),
  ),
];

const FAR: Row[] = [
  row("far", "natural batch, key and receipt", (place) => askFarAway(place, "batch")),
  row("far.limiter", "rate-limiter-flexible, pool of 10", (place) => askFarAway(place, "limiter")),
  row("far.naive", "naive, one statement each, pool of 20", (place) => askFarAway(place, "naive")),
];

const GATE: Row[] = [
  row("node", "node:http, echo", (place) => loadServer(place, startEcho(place, "node"), { path: "/echo" })),
  row("hono", "Hono, echo", (place) => loadServer(place, startEcho(place, "hono"), { path: "/echo" })),
  row("gate", "the gate, one check a request", (place) =>
    loadServer(place, startGate(place), { path: CHECK }),
  ),
  row("gate.bulk", "the gate, 100 checks a request (in checks)", (place) =>
    loadServer(place, startGate(place), { path: `${CHECK}/batch`, bulk: true }),
  ),
  row("gate.2000", "the gate, 2,000 checks a second on schedule", (place) =>
    loadServer(place, startGate(place), { path: CHECK, rate: 2000 }),
  ),
  row("hono.200", "Hono, echo, 200 a second on schedule", (place) =>
    loadServer(place, startEcho(place, "hono"), { path: "/echo", rate: 200 }),
  ),
  row("gate.200", "the gate, 200 checks a second on schedule", (place) =>
    loadServer(place, startGate(place), { path: CHECK, rate: 200 }),
  ),
];

const NEXT: Row[] = [
  row("next", "a route that does nothing", (place) =>
    loadServer(place, startNext(place), { path: "/nothing" }),
  ),
  row("next.check", "the check", (place) => loadServer(place, startNext(place), { path: "/check" })),
  row("next.limiter", "rate-limiter-flexible on Postgres", (place) =>
    loadServer(place, startNext(place), { path: "/limited" }),
  ),
  row("next.bulk", "100 checks a request (in checks)", (place) =>
    loadServer(place, startNext(place), { path: "/bulk", bulk: true }),
  ),
  row("next.200", "a route that does nothing, 200 a second on schedule", (place) =>
    loadServer(place, startNext(place), { path: "/nothing", rate: 200 }),
  ),
  row("next.check.200", "the check, 200 a second on schedule", (place) =>
    loadServer(place, startNext(place), { path: "/check", rate: 200 }),
  ),
];

const LINKS: Row[] = [
  row("next.away", "Next, a redirect and nothing more, its address with a name in it too", (place) =>
    followLink(place, () => startNext(place), { path: "/away/bench-link" }),
  ),
  row("next.go", "Next, a tracked link, each click written", (place) =>
    followLink(place, () => startNext(place)),
  ),
  row("hono.away", "Hono, a redirect and nothing more", (place) =>
    followLink(place, () => startEcho(place, "hono"), { path: "/away" }),
  ),
  row("gate.go", "the gate, a tracked link, each click written", (place) =>
    followLink(place, () => startGate(place)),
  ),
];

const INGEST: Row[] = [
  row("events", "report_events, deduplicated, one connection", (place) => ingest(place, "report", 1)),
  row("events.two", "report_events, deduplicated, 2 connections", (place) => ingest(place, "report", 2)),
  row("events.copy", "COPY, the same indexes, one connection", (place) => ingest(place, "copy", 1)),
  row("events.gate", "the gate, 4 connections", (place) =>
    loadEvents(place, startGate(place), "/api/v1/events"),
  ),
  row("events.read", "Hono, parsed and checked as the gate does, nothing kept, 4 connections", (place) =>
    loadEvents(place, startEcho(place, "hono"), "/read"),
  ),
  row("events.parse", "Hono, JSON parsed and nothing more, 4 connections", (place) =>
    loadEvents(place, startEcho(place, "hono"), "/parse"),
  ),
];

const JOBS: Row[] = [
  row("jobs", "deliveries claimed and settled, 500 a statement", (place) =>
    drain(place, "deliveries", 20_000),
  ),
  row("jobs.graphile", "graphile-worker, local queue of 500, 24 at once", (place) =>
    drain(place, "graphile", 20_000),
  ),
  row("jobs.boss", "pg-boss, batches of 100, 4 at once", (place) => drain(place, "boss", 20_000)),
  row("jobs.due", "10,000 due deliveries", (place) => drain(place, "deliveries", 10_000)),
  row("ticks", "how late the local scheduler starts jobs of each second", tickLateness),
];

const OUTAGES: Row[] = [
  row("pause", "a pause acknowledged, 64 callers asking (rate: theirs)", pauseUnderLoad),
  row("kill.gate", "kill -9 of the gate until its next answer", killGate),
  row("kill.postgres", "kill -9 of Postgres until the gate's next answer", killPostgres),
];

const WATCHING: Row[] = [
  row("hour.count", "an hour of 500,000 events counted, no more", countHour),
  row("hour.rollup", "the same hour rolled up: slots, KPIs, local days", rollUpHour),
  row("hour.raw", "its KPIs from the events", readRaw),
  row("hour.read", "its KPIs as rolled up", readRolledUp),
  row("threats", "four threat rules over a day of a million events", detectThreats),
  row("threats.day", "the same after a day without a run", catchUpThreats),
  row("history", "90 days of hourly KPIs of a country", readHistory),
  row("load", "an evaluation of the load gate, a million measurements", evaluateLoad),
];

const DRY_RUNS: Row[] = [
  row("dry-run", "a million decisions replayed, as they were and under lower caps", replayMillion),
];

const READ: Row[] = MILLION_ROWS.flatMap((list) => [
  row(
    `list.${list}`,
    `${list}, as who may read them`,
    async (place) => (await listUnderPolicies(place, list)).under,
  ),
  row(
    `list.${list}.past`,
    "the same past the row policies",
    async (place) => (await listUnderPolicies(place, list)).past,
  ),
]);

const PAGES: Row[] = [row("mission", "mission control, from the request to its last byte", renderMission)];

/** The tables of a run, in order. */
export const TABLES: { title: string; rows: Row[]; note?: string }[] = [
  { title: "Engine, 64 callers in one process, synchronous commit on", rows: ENGINE },
  {
    title: "Engine, one counter, 64 callers in several processes (times: the worst process's)",
    rows: PROCESSES,
  },
  {
    title: "Engine, one counter, 64 callers in one process, 1 ms more to the disk and 1 ms more to Postgres",
    rows: FAR,
  },
  { title: "HTTP on loopback, 64 connections, load from a process of its own", rows: GATE },
  { title: "Next, the same load", rows: NEXT },
  { title: "Tracked links, 64 connections, each request another visitor", rows: LINKS },
  { title: "Watching, one connection (times: the median and the worst of five)", rows: WATCHING },
  {
    title: "Dry runs, one connection (rate in decisions; times: as they were, and the longer)",
    rows: DRY_RUNS,
  },
  {
    title: "Pages, 8 countries, 90 days, 5 million events (times: the median and the worst of forty)",
    rows: PAGES,
  },
  { title: "First pages of lists of a million rows, in turns (times of one)", rows: READ },
  { title: "Events in batches of 1,000, synchronous commit on (rates in events)", rows: INGEST },
  { title: "Jobs that do nothing, worked off by one process (times: after its first claim)", rows: JOBS },
  { title: "Outages (times: the median and the worst)", rows: OUTAGES },
];
