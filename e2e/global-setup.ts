import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PORT_VARIABLES, type Ports } from "#stack/config.ts";
import { freePort } from "#stack/ports.ts";
import { loadSecrets } from "#stack/secrets.ts";
import { DEMO_EMAIL } from "#stack/seed.ts";

const ROOT = join(import.meta.dirname, "..");
const READY = "Gantry runs.";
// Building the console on a busy machine takes minutes.
const START_TIMEOUT = 900_000;

async function drawPorts(taken: Set<number>): Promise<Ports> {
  const ports: Partial<Ports> = {};
  for (const part of Object.keys(PORT_VARIABLES) as (keyof Ports)[]) {
    let port = await freePort();
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    ports[part] = port;
  }
  return ports as Ports;
}

/** Resolves when the start says that it runs; rejects with what it printed when it ends first or takes too long. */
function untilReady(start: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const fail = (why: string) => reject(new Error(`npm start ${why}:\n${printed}`));
    const timer = setTimeout(() => fail("took too long"), START_TIMEOUT);
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      if (!printed.includes(READY)) return;
      clearTimeout(timer);
      resolve();
    };
    start.stdout?.on("data", hear);
    start.stderr?.on("data", hear);
    start.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

/**
 * Runs what `npm start` runs, on free ports and in a folder of its own, for all journeys; takes it down afterwards. Where it is reaches the tests
 * through the environment, see fixtures.ts.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "gantry-e2e-"));
  const pagerduty = await freePort();
  const ports = await drawPorts(new Set([pagerduty]));
  const variables = Object.entries(PORT_VARIABLES).map(([part, name]) => [
    name,
    String(ports[part as keyof Ports]),
  ]);
  const start = spawn(process.execPath, ["stack/start.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...Object.fromEntries(variables),
      GANTRY_DATA_DIR: dataDir,
      GANTRY_PAGERDUTY_URL: `http://127.0.0.1:${pagerduty}/v2/enqueue`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await untilReady(start);
  const { demoPassword, demoKey, passwords, publishableKey } = loadSecrets(dataDir);
  Object.assign(process.env, {
    E2E_SITE: `http://127.0.0.1:${ports.web}`,
    E2E_GATE: `http://127.0.0.1:${ports.gate}`,
    E2E_MAIL: `http://127.0.0.1:${ports.mail}`,
    E2E_EMAIL: DEMO_EMAIL,
    E2E_PASSWORD: demoPassword,
    E2E_KEY: demoKey,
    E2E_AUTH: `http://127.0.0.1:${ports.api}/auth/v1`,
    E2E_AUTH_KEY: publishableKey,
    E2E_LOGS: join(dataDir, "logs"),
    E2E_PAGERDUTY_PORT: String(pagerduty),
    E2E_DATABASE: `postgres://postgres:${encodeURIComponent(passwords.postgres)}@127.0.0.1:${ports.db}/postgres`,
  });
  return async () => {
    const ended = new Promise((resolve) => start.once("exit", resolve));
    start.kill("SIGTERM");
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
}
