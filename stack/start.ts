import { Console } from "node:console";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { waitUntil } from "./alive.ts";
import { buildConsole, isBuilt, nextCommand } from "./build.ts";
import { type Config, PORT_VARIABLES, type Ports, readConfig } from "./config.ts";
import { createParts, type Parts } from "./parts.ts";
import { requirePort } from "./ports.ts";
import { createPrinter, type Printer } from "./print.ts";
import { claimDataDir } from "./run-lock.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
import { DEMO_EMAIL, seed } from "./seed.ts";
import { type Addresses, startServices, step } from "./services.ts";
import { reason, StackError } from "./stack-error.ts";
import { supervise } from "./supervise.ts";

interface Start {
  config: Config;
  secrets: Secrets;
  print: Printer;
  parts: Parts;
  /** Hot reload instead of a build. */
  dev: boolean;
}

const PORT_USES: Record<keyof Ports, string> = {
  web: "the console",
  gate: "the gate",
  db: "Postgres",
  api: "sign-in",
  functions: "functions",
  mail: "the mail inbox",
  smtp: "mail",
};
const READY_TIMEOUT_MS = 90_000;

/** `npm start` and `npm run dev`: brings everything up, says where it is, and takes it down again on Ctrl-C. */
async function main(): Promise<void> {
  const print = createPrinter(process.stdout.isTTY);
  const parts = createParts((name, error) => print.line(`${name} couldn't be stopped: ${reason(error)}`));
  try {
    const config = readConfig();
    process.once("exit", claimDataDir(config.dataDir));
    const log = divertConsole(join(config.dataDir, "logs"));
    const stop = stopOnSignals(parts, print);
    if (config.underNpm) stopWithParent(stop);
    const secrets = loadSecrets(config.dataDir);
    await bringUp({ config, secrets, print, parts, dev: process.argv.includes("--dev") }, log);
  } catch (error) {
    // What was begun fails when it is stopped underneath; the signal's own handler ends the process.
    if (parts.isStopping()) return;
    print.problem(error);
    await parts.stop();
    process.exit(1);
  }
}

async function bringUp(start: Start, log: (line: string) => void): Promise<void> {
  const { config, secrets, print, parts, dev } = start;
  print.line(`Gantry starts${dev ? " in development" : ""}. Data and logs: ${config.dataDir}`);
  for (const part of Object.keys(PORT_USES) as (keyof Ports)[]) {
    await requirePort(config.ports[part], PORT_USES[part], PORT_VARIABLES[part]);
  }
  const addresses = await startServices({ config, secrets, print, watch: dev, log }, parts);
  await step(print, parts, "Demo workspace", async () =>
    (await seed({ ...addresses, ...secrets })) ? "made" : "kept as it is",
  );
  if (!dev) await step(print, parts, "Console, built", () => build(start, addresses));
  await step(print, parts, "Gate", () => startGate(start, addresses));
  await step(print, parts, "Console", () => startConsole(start, addresses));
  parts.throwIfStopping();
  print.line(summary(start));
}

async function build({ config, secrets, parts }: Start, addresses: Addresses): Promise<string> {
  if (isBuilt(config.root)) return "nothing changed";
  await buildConsole({
    root: config.root,
    env: appEnv(config, secrets, addresses),
    logFile: join(config.dataDir, "logs", "build.log"),
    parts,
  });
  return "";
}

async function startGate(
  { config, secrets, print, parts, dev }: Start,
  addresses: Addresses,
): Promise<undefined> {
  const logFile = join(config.dataDir, "logs", "gate.log");
  const gate = await supervise({
    name: "The gate",
    command: process.execPath,
    args: [...(dev ? ["--watch", "--watch-preserve-output"] : []), join("gate", "server.ts")],
    cwd: config.root,
    env: () => ({
      ...appEnv(config, secrets, addresses),
      NODE_COMPILE_CACHE: join(config.dataDir, "compiled"),
    }),
    logFile,
    report: print.line,
  });
  parts.add("gate", gate);
  await untilAnswering(`http://127.0.0.1:${config.ports.gate}/api/health`, "The gate", logFile, parts);
}

async function startConsole(
  { config, secrets, print, parts, dev }: Start,
  addresses: Addresses,
): Promise<undefined> {
  const logFile = join(config.dataDir, "logs", "console.log");
  const console = await supervise({
    name: "The console",
    command: process.execPath,
    args: [nextCommand(), dev ? "dev" : "start", "-H", "127.0.0.1", "-p", String(config.ports.web)],
    cwd: config.root,
    env: () => ({ ...appEnv(config, secrets, addresses), NODE_ENV: dev ? "development" : "production" }),
    logFile,
    report: print.line,
  });
  parts.add("console", console);
  await untilAnswering(`${addresses.siteUrl}/api/health`, "The console", logFile, parts);
}

/** What the app and the gate read, see lib/env.ts. */
function appEnv(config: Config, secrets: Secrets, addresses: Addresses): Record<string, string> {
  return {
    ...config.baseEnv,
    ...config.appEnv,
    DATABASE_URL: addresses.serviceUrl,
    NEXT_PUBLIC_SUPABASE_URL: addresses.apiUrl,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    NEXT_PUBLIC_GOOGLE_ENABLED: config.google ? "1" : "0",
    GANTRY_SECRET: secrets.gantrySecret,
    GANTRY_SITE_URL: addresses.siteUrl,
    GANTRY_PRIVATE_TARGETS: config.privateTargets,
    GANTRY_GATE_HOST: "127.0.0.1",
    // This machine stands in for the proxy: a simulated visitor says where it comes from.
    GANTRY_TRUSTED_PROXIES: "1",
    GANTRY_GATE_PORT: String(config.ports.gate),
    SMTP_URL: addresses.smtpUrl,
  };
}

async function untilAnswering(url: string, name: string, logFile: string, parts: Parts): Promise<void> {
  const answering = async () => {
    parts.throwIfStopping();
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    return response !== undefined && response.status < 500;
  };
  if (await waitUntil(answering, READY_TIMEOUT_MS)) return;
  throw new StackError(`${name} doesn't answer at ${url}.`, `Its log is ${logFile}`);
}

function summary({ config: { ports }, secrets }: Start): string {
  const site = `http://127.0.0.1:${ports.web}`;
  return `
Gantry runs.

  Console    ${site}
  Sign in    ${DEMO_EMAIL}   ${secrets.demoPassword}
  API key    ${secrets.demoKey}
  API docs   ${site}/docs
  Mail       http://127.0.0.1:${ports.mail}

A cap check, answered by the gate:

  curl -s http://127.0.0.1:${ports.gate}/api/v1/cap-checks \\
    -H 'Authorization: Bearer ${secrets.demoKey}' \\
    -H 'Idempotency-Key: first-check' -H 'Content-Type: application/json' \\
    -d '{"country":"PL","operation":"user"}'

Ctrl-C stops everything and keeps the data. npm run reset deletes it.
`;
}

/** First Ctrl-C: stop in order. Second: end everything at once. Returns what a Ctrl-C does. */
function stopOnSignals(parts: Parts, print: Printer): () => void {
  let asked = false;
  const onSignal = () => {
    if (asked) {
      parts.kill();
      process.exit(130);
    }
    asked = true;
    print.line("\nStopping. Ctrl-C again to end everything at once.");
    void parts.stop().then(() => {
      print.line("Stopped.");
      process.exit(0);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return onSignal;
}

/** A SIGTERM to npm ends the shell between us and it, which hands nothing on: being orphaned is how we learn of it. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

/** What libraries print goes to a log; returns the function that writes to it. */
function divertConsole(logDir: string): (line: string) => void {
  mkdirSync(logDir, { recursive: true });
  const stream = createWriteStream(join(logDir, "stack.log"), { flags: "a", mode: 0o600 });
  const diverted = new Console(stream);
  Object.assign(globalThis, { console: diverted });
  process.on("unhandledRejection", (error) => diverted.error("unhandled:", error));
  return (line) => diverted.log(`${new Date().toISOString()} ${line}`);
}

if (import.meta.main) await main();
