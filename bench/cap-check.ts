import { askEngine, askFromFour } from "./engine.ts";
import { askEcho, askGate, askNext } from "./http.ts";
import { checkLedger } from "./ledger.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";
import { type Claim, printClaims, printResults, say } from "./table.ts";

interface Designs {
  batch: Result;
  limiter: Result;
  naive: Result;
}

async function askDesigns(place: Place, counters: 1 | 300): Promise<Designs> {
  return {
    batch: await askEngine(place, "batch", counters),
    limiter: await askEngine(place, "limiter", counters),
    naive: await askEngine(place, "naive", counters),
  };
}

const least = (claim: string, value: number, target: number): Claim => ({
  claim,
  value,
  target,
  bound: "least",
  unit: "×",
});

function engineClaims(hot: Designs, spread: Designs): Claim[] {
  return [
    least("engine, one counter: batch ÷ rate limiter", hot.batch.rate / hot.limiter.rate, 10),
    least("engine, one counter: batch ÷ naive", hot.batch.rate / hot.naive.rate, 15),
    least("engine, 300 counters: batch ÷ rate limiter", spread.batch.rate / spread.limiter.rate, 3),
    least("engine, 300 counters: batch ÷ naive", spread.batch.rate / spread.naive.rate, 4),
  ];
}

async function engine(place: Place): Promise<Claim[]> {
  say("Engine: one counter …");
  const hot = await askDesigns(place, 1);
  const four = await askFromFour(place);
  say("Engine: 300 counters …");
  const spread = await askDesigns(place, 300);
  const rows = (designs: Designs, of: string): [string, Result][] => [
    [`${of}: natural batch, key and receipt`, designs.batch],
    [`${of}: rate-limiter-flexible on Postgres, pool of 10`, designs.limiter],
    [`${of}: naive, one statement each, pool of 20`, designs.naive],
  ];
  printResults("Engine, 64 callers, synchronous commit on", [
    ...rows(hot, "one counter"),
    ["one counter: natural batch from 4 processes of 16 callers", four],
    ...rows(spread, "300 counters"),
  ]);
  return engineClaims(hot, spread);
}

async function http(place: Place): Promise<Claim[]> {
  say("\nHTTP: echoes and the gate …");
  const node = await askEcho(place, "node");
  const hono = await askEcho(place, "hono");
  const gate = await askGate(place);
  say("HTTP: building and asking Next …");
  const next = await askNext(place);
  printResults("HTTP on loopback, 64 connections, load from a process of its own", [
    ["node:http, echo", node],
    ["Hono, echo", hono],
    ["the gate, one check a request", gate.single],
    ["the gate, 100 checks a request (in checks)", gate.bulk],
    ["the gate, 2,000 checks a second on schedule", gate.steady],
    ["Next, a route that does nothing", next.nothing],
    ["Next, the check", next.check],
    ["Next, 100 checks a request (in checks)", next.bulk],
  ]);
  return [
    least("gate ÷ Next route that does nothing", gate.single.rate / next.nothing.rate, 7),
    least("gate ÷ Hono echo", gate.single.rate / hono.rate, 0.45),
    least("Next check ÷ its do-nothing twin", next.check.rate / next.nothing.rate, 0.8),
    least("Next, 100 checks a request ÷ one", next.bulk.rate / next.check.rate, 15),
    {
      claim: "gate at 2,000 checks a second: p99",
      value: gate.steady.p99,
      target: 20,
      bound: "most",
      unit: "ms",
    },
  ];
}

/**
 * The cap check beside its peers, in one run on one Postgres. Prints the figures and whether each target is met; throws when a counter
 * differs from its ledger at the end.
 */
export async function capCheck(place: Place): Promise<void> {
  printClaims([...(await engine(place)), ...(await http(place))]);
  const { receipts, wrong } = await checkLedger(place);
  if (wrong > 0) throw new Error(`${wrong} counters differ from their ledger`);
  say(`\nCounters and ledger agree over ${receipts.toLocaleString("en")} receipts.`);
}
