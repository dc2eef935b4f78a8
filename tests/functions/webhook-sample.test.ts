import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#stack/ports.ts";
import { newChannel, newSigningSecret, raiseAlert } from "#tests/setup/channels.ts";
import type { Workspace } from "#tests/setup/people.ts";
import { type Delivering, startDelivering } from "./delivering.ts";

const PAGE = "docs/webhooks.md";
const LISTENS = ".listen(8443)";

let delivering: Delivering;
let w: Workspace;
let receiver: ChildProcess | undefined;

beforeAll(async () => {
  delivering = await startDelivering();
  w = await delivering.reset();
});
afterAll(async () => {
  receiver?.kill();
  await delivering.close();
});

/** The sample of the page as it stands there, but for its port. */
function sample(port: number): string {
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(PAGE, "utf8")) ?? [];
  expect(code).toContain(LISTENS);
  return code.replace(LISTENS, `.listen(${port}, "127.0.0.1", () => console.log("listens"))`);
}

test("WHK-16 the receiver that docs/webhooks.md shows takes what is signed with its secret and refuses the rest", async () => {
  const port = await freePort();
  const secret = newSigningSecret();
  const child = spawn(process.execPath, ["--input-type=module", "--eval", sample(port)], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, GANTRY_SIGNING_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  receiver = child;
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  await once(child.stdout, "data");
  expect(said).toBe("listens\n");

  const url = `http://127.0.0.1:${port}/hook`;
  await newChannel(delivering.db, w, { kind: "webhook", name: "Ours", secret, url });
  await newChannel(delivering.db, w, { kind: "webhook", name: "Another's", secret: newSigningSecret(), url });
  await raiseAlert(delivering.db, w, "load:webrtc", { severity: "critical" });
  await delivering.run();
  expect((await delivering.attempts()).map(({ status }) => status).toSorted()).toEqual([204, 401]);
  expect(said.match(/type: 'alert\.opened'/g)).toHaveLength(1);
});
