// A client process: it waits for a job over IPC, does it, sends what it saw, and waits for the next. "stop" ends an open job.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Ask, asker } from "./ask.ts";
import { type Job, monotonic, type Observation } from "./job.ts";

const BETWEEN_ATTEMPTS = 20;
const PATIENCE = 30_000;

let stopped = false;

async function observe(ask: Ask, job: Job, key: string): Promise<Observation> {
  const startedAt = monotonic();
  const problems: string[] = [];
  for (;;) {
    const heard = await ask(key, job.check);
    const outcome = heard.answered && job.brief === true ? { ...heard, body: "" } : heard;
    const endedAt = monotonic();
    if (outcome.answered || !job.persist || endedAt - startedAt > PATIENCE) {
      return { key, startedAt, endedAt, outcome, problems };
    }
    problems.push(outcome.code);
    await pause(BETWEEN_ATTEMPTS);
  }
}

function* keysOf({ keys }: Job): Generator<string> {
  if (Array.isArray(keys)) yield* keys;
  else for (let asked = 0; (keys === null || asked < keys) && !stopped; asked++) yield randomUUID();
}

async function perform(job: Job): Promise<Observation[]> {
  stopped = false;
  const ask = asker(job.route, job.apiKey);
  const keys = keysOf(job);
  const seen: Observation[] = [];
  const caller = async () => {
    for (const key of keys) seen.push(await observe(ask, job, key));
  };
  await Promise.all(Array.from({ length: job.callers }, caller));
  return seen;
}

process.on("message", (message: Job | "stop") => {
  if (message === "stop") {
    stopped = true;
    return;
  }
  void perform(message).then((seen) => process.send?.(seen));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
