import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Batcher } from "#lib/batch.ts";

interface Sent {
  items: number[];
  answer(): void;
  fail(error: Error): void;
}

/** A batcher whose other side answers when it is told to: each item with ten times itself. */
function batcher(calls: 1 | 2, deadline = 60_000) {
  const sent: Sent[] = [];
  const stuck = { times: 0 };
  const made = new Batcher<number, number>({
    send: (items) =>
      new Promise((resolve, reject) =>
        sent.push({ items, answer: () => resolve(items.map((item) => item * 10)), fail: reject }),
      ),
    maxBatch: 1000,
    maxQueue: 2000,
    deadline,
    calls,
    onStuck: () => {
      stuck.times += 1;
      for (const call of sent) call.fail(new Error("cut"));
    },
  });
  const ask = (count: number) => Array.from({ length: count }, (_, item) => made.ask(item));
  return { made, sent, stuck, ask };
}

async function turns(): Promise<void> {
  for (let times = 0; times < 5; times++) await turn();
}

const sizes = (sent: Sent[]) => sent.map(({ items }) => items.length);

describe("batches", () => {
  test("BAT-01 what asks in one turn goes in one call, and what comes meanwhile in the next", async () => {
    const { sent, ask } = batcher(1);
    const first = ask(40);
    await turns();
    const second = ask(3);
    await turns();
    expect(sizes(sent)).toEqual([40]);
    sent[0]?.answer();
    expect(await Promise.all(first)).toEqual(Array.from({ length: 40 }, (_, item) => item * 10));
    await turns();
    expect(sizes(sent)).toEqual([40, 3]);
    sent[1]?.answer();
    expect(await Promise.all(second)).toEqual([0, 10, 20]);
  });

  test("BAT-02 with two calls many go in halves at once, and never are three under way", async () => {
    const { made, sent, ask } = batcher(2);
    const asked = ask(65);
    await turns();
    expect(sizes(sent)).toEqual([32, 33]);
    const later = ask(500);
    await turns();
    expect(sent).toHaveLength(2);
    expect(made.depth).toBe(565);
    sent[0]?.answer();
    await turns();
    expect(sizes(sent)).toEqual([32, 33, 500]);
    for (const call of sent) call.answer();
    await Promise.all([...asked, ...later]);
    expect(made.depth).toBe(0);
  });

  test("BAT-03 a second call waits until it is worth one: as many as the first, and sixteen", async () => {
    const { sent, ask } = batcher(2);
    const asked = ask(1);
    await turns();
    asked.push(...ask(15));
    await turns();
    expect(sizes(sent)).toEqual([1]);
    asked.push(...ask(1));
    await turns();
    expect(sizes(sent)).toEqual([1, 16]);
    sent[0]?.answer();
    await turns();
    asked.push(...ask(15));
    await turns();
    expect(sent).toHaveLength(2);
    sent[1]?.answer();
    await turns();
    expect(sizes(sent)).toEqual([1, 16, 15]);
    sent[2]?.answer();
    await Promise.all(asked);
  });

  test("BAT-04 a call that fails refuses its own items alone, and draining waits for both", async () => {
    const { made, sent, ask } = batcher(2);
    const asked = ask(40);
    const outcomes = Promise.allSettled(asked);
    await turns();
    let drained = false;
    const drain = made.drain().then(() => {
      drained = true;
    });
    sent[0]?.fail(new Error("no"));
    await turns();
    expect(drained).toBe(false);
    sent[1]?.answer();
    await drain;
    const kinds = (await outcomes).map(({ status }) => status);
    expect(kinds).toEqual([...Array(20).fill("rejected"), ...Array(20).fill("fulfilled")]);
  });

  test("BAT-05 items past their deadline are refused, and calls that hang are cut once for both", async () => {
    const { made, stuck, ask } = batcher(2, 100);
    const asked = ask(40);
    const outcomes = await Promise.allSettled(asked);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect(stuck.times).toBe(0);
    await made.drain();
    expect(stuck.times).toBe(1);
  });
});
