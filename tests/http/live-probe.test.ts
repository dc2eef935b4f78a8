import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { liveStream } from "#lib/live-stream.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace } from "#tests/setup/people.ts";
import { type DeafRelay, startDeafRelay } from "./deaf-relay.ts";

let db: TestDatabase;
let relay: DeafRelay;

beforeAll(async () => {
  db = await testDatabase();
  relay = await startDeafRelay(db.serviceUrl);
  relay.isDeaf = false;
  process.env.DATABASE_URL = relay.url;
  process.env.GANTRY_LOG_LEVEL = "silent";
  // The minutes between two looks alone: the driver's own timers go on.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await relay.close();
  await db.close();
});

test("FEED-05 a connection that stands and falls deaf is found out within a minute, and so is its recovery", {
  timeout: 60_000,
}, async () => {
  const { id, slug, owner } = await newWorkspace(db);
  const left = new AbortController();
  const stream = liveStream({ personId: owner.id, slug, workspaceId: id, signal: left.signal });
  if (stream === null) throw new Error("the stream was refused");
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  /** What is told next, but for signs of life. */
  const next = async (): Promise<string> => {
    const text = decoder.decode((await reader.read()).value);
    return text.startsWith(":") ? next() : text.trim();
  };
  expect(await next()).toBe("event: pace\ndata: live");
  expect(await next()).toContain("reconnected");
  // It has looked once when it began to listen, and heard itself; another minute begins.
  await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(2);
  relay.isDeaf = true;
  vi.advanceTimersByTime(60_000);
  expect(await next()).toBe("event: pace\ndata: polling");
  relay.isDeaf = false;
  vi.advanceTimersByTime(60_000);
  expect(await next()).toBe("event: pace\ndata: live");
  left.abort();
});
