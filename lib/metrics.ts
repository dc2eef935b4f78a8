import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

interface Metrics {
  registry: Registry;
  decided: Map<string, { decision: Decision; times: number }>;
  events: Counter;
  clicks: Counter;
  requests: Histogram;
  queue: Gauge;
}

const shared: { gantryMetrics?: Metrics } = globalThis as typeof shared;

/** What a decision is counted under. */
interface Decision {
  country: string;
  operation: string;
  outcome: "granted" | "refused";
  reason: string;
  replayed: "0" | "1";
}

function make(): Metrics {
  const registry = new Registry();
  const decided: Metrics["decided"] = new Map();
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: "gantry_cap_checks_total",
    help: "Cap checks answered, by country, operation and outcome",
    labelNames: ["country", "operation", "outcome", "reason", "replayed"],
    registers: [registry],
    // Counted when it is read: finding a counter by its labels costs more than the rest of an answer.
    collect() {
      this.reset();
      for (const { decision, times } of decided.values()) this.inc({ ...decision }, times);
    },
  });
  return {
    registry,
    decided,
    events: new Counter({
      name: "gantry_events_total",
      help: "Events reported, by outcome",
      labelNames: ["outcome"],
      registers: [registry],
    }),
    clicks: new Counter({
      name: "gantry_clicks_total",
      help: "Clicks on tracked links: kept, lost, or too many of one visitor to keep",
      labelNames: ["outcome"],
      registers: [registry],
    }),
    requests: new Histogram({
      name: "gantry_http_request_duration_seconds",
      help: "Time from a request's arrival to its answer",
      labelNames: ["route", "method", "status"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    queue: new Gauge({
      name: "gantry_cap_queue_depth",
      help: "Cap checks waiting or in flight",
      registers: [registry],
    }),
  };
}

function metrics(): Metrics {
  shared.gantryMetrics ??= make();
  return shared.gantryMetrics;
}

interface CountedDecision {
  country: string;
  operation: string;
  allowed: boolean;
  reason: string;
}

/** Counts one answered cap check. Labels never name a person or a device. */
export function recordDecision(
  { country, operation, allowed, reason }: CountedDecision,
  replayed: boolean,
): void {
  const { decided } = metrics();
  const name = `${country} ${operation} ${allowed} ${reason} ${replayed}`;
  const counted = decided.get(name);
  if (counted !== undefined) {
    counted.times += 1;
    return;
  }
  const outcome = allowed ? "granted" : "refused";
  const decision: Decision = { country, operation, outcome, reason, replayed: replayed ? "1" : "0" };
  decided.set(name, { decision, times: 1 });
}

interface CountedEvents {
  accepted: number;
  duplicates: number;
  unknown: number;
  rejected: readonly unknown[];
}

/** Counts the events of one request by what became of them. */
export function recordEvents({ accepted, duplicates, unknown, rejected }: CountedEvents): void {
  const outcomes = { accepted, duplicate: duplicates, unknown, rejected: rejected.length };
  for (const [outcome, events] of Object.entries(outcomes)) {
    if (events > 0) metrics().events.inc({ outcome }, events);
  }
}

/** Counts clicks on tracked links by what became of them. */
export function recordClicks(outcome: "kept" | "lost" | "repeated", clicks: number): void {
  metrics().clicks.inc({ outcome }, clicks);
}

/** Records how long a request took, in seconds. */
export function recordRequest(
  request: { route: string; method: string; status: number },
  seconds: number,
): void {
  metrics().requests.observe({ ...request, status: String(request.status) }, seconds);
}

/** The Prometheus text of this process. */
export async function metricsText(queueDepth: number): Promise<{ body: string; contentType: string }> {
  const { registry, queue } = metrics();
  queue.set(queueDepth);
  return { body: await registry.metrics(), contentType: registry.contentType };
}
