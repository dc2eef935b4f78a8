import { type ChildProcess, spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { waitUntil } from "./alive.ts";
import { checkCluster, createCluster, endOrphan } from "./cluster.ts";
import { guard } from "./guard.ts";
import { requirePort } from "./ports.ts";
import { findPostgresHome, type PostgresHome, SERVER_ENV } from "./postgres-home.ts";
import { StackError } from "./stack-error.ts";

/** The superuser's password, and those of roles that `url` should know. */
export interface Passwords {
  postgres: string;
  [role: string]: string;
}

export interface PostgresOptions {
  /** The cluster's folder; made when it doesn't exist. */
  dataDir: string;
  /** On 127.0.0.1. */
  port: number;
  passwords: Passwords;
  /** Server settings on top of the durable defaults. */
  settings?: Record<string, string>;
  /** Where the server writes; default `<dataDir>.log`. */
  logFile?: string;
}

/** A running server. */
export interface Postgres {
  /** The postmaster's process id. */
  readonly pid: number;
  readonly port: number;
  /** Where the cluster really is: as root it may have been put under /var/lib/gantry. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Settles when the server has ended, however it ended. */
  readonly exited: Promise<void>;
  /** A connection string for a role whose password is known; default postgres on database postgres. */
  url(role?: string, database?: string): string;
  /** Writes a file beside the cluster that only the server's user can read; returns its path. */
  keep(name: string, content: string): string;
  /** Disconnects everybody and shuts down cleanly; waits until the server has gone. */
  stop(): Promise<void>;
}

const DURABLE: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  wal_level: "replica",
  max_wal_senders: "0",
  password_encryption: "scram-sha-256",
  autovacuum_naptime: "10s",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %u@%d ",
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
/** What a server says while processes of one that was killed on the same folder still hold its memory. Each ends when it next looks. */
const STILL_ENDING = /pre-existing shared memory block .* is still in use/;
/** Between two tries while they do. */
const TRY_AGAIN_MS = 50;

/**
 * Starts Postgres 17 on a data folder, creating the cluster the first time and recovering after a crash.
 * A server that an ended run left on the same folder is stopped first; what a killed one left running is waited for.
 * Several can run in one process.
 * When this process dies, killed or not, the server shuts down too.
 * Throws a StackError for a taken port, a half-made folder, another version's folder or a server that won't start.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  mkdirSync(dirname(options.dataDir), { recursive: true });
  const home = findPostgresHome(options.dataDir);
  const logFile = options.logFile ?? `${options.dataDir}.log`;
  await endOrphan(home.dataDir);
  if (existsSync(home.dataDir)) checkCluster(home);
  else await createCluster(home, options.passwords.postgres);
  await requirePort(options.port, "Postgres", "GANTRY_DB_PORT");
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const writtenBefore = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const server = launch(home, options, logFile);
    const exited = new Promise<void>((resolve) => {
      server.once("exit", () => resolve());
      server.once("error", () => resolve());
    });
    if (server.pid) void exited.then(guard(server.pid, "INT"));
    if (await isUp(server, home.dataDir)) return handle({ server, home, logFile, exited }, options);
    const words = lastWords(logFile, writtenBefore);
    if (!STILL_ENDING.test(words) || performance.now() > until) throw notStarted(words, logFile);
    await wait(TRY_AGAIN_MS);
  }
}

function launch(home: PostgresHome, options: PostgresOptions, logFile: string): ChildProcess {
  const settings = { ...DURABLE, port: String(options.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a", 0o600);
  try {
    // Its own session: Ctrl-C reaches us alone, and we decide the order in which things end.
    return spawn(home.postgres, ["-D", home.dataDir, ...flags], {
      stdio: ["ignore", log, log],
      detached: true,
      cwd: home.dataDir,
      env: SERVER_ENV,
      ...(home.runAs ? { uid: home.runAs.uid, gid: home.runAs.gid } : {}),
    });
  } finally {
    closeSync(log);
  }
}

/** Waits until the server takes connections; false when it ended, or was ended because it took too long. */
async function isUp(server: ChildProcess, dataDir: string): Promise<boolean> {
  const gone = () => server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
  const ready = await waitUntil(() => gone() || isReady(dataDir, server.pid), START_TIMEOUT_MS);
  if (ready && !gone()) return true;
  if (!gone()) server.kill("SIGQUIT");
  return false;
}

function notStarted(words: string, logFile: string): StackError {
  return new StackError(
    `Postgres didn't start${words === "" ? "" : `: ${words}`}.`,
    `Its log is ${logFile}. If the data can't be saved, start afresh with: npm run reset`,
  );
}

/** The eighth line of postmaster.pid is where the server says how far it has come. */
function isReady(dataDir: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

/** The last complaint in the log after its first `skipped` bytes. */
function lastWords(logFile: string, skipped: number): string {
  const lines = readFileSync(logFile).subarray(skipped).toString().split("\n");
  const word = lines.findLast((line) => /FATAL|PANIC|error while loading/.test(line));
  return word?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? "";
}

interface Running {
  server: ChildProcess;
  home: PostgresHome;
  logFile: string;
  exited: Promise<void>;
}

function handle({ server, home, logFile, exited }: Running, { port, passwords }: PostgresOptions): Postgres {
  const { dataDir, runAs } = home;
  return {
    pid: server.pid ?? 0,
    port,
    dataDir,
    logFile,
    exited,
    url(role = "postgres", database = "postgres") {
      const password = passwords[role];
      if (!password) throw new Error(`no password is known for the role ${role}`);
      return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
    },
    keep(name, content) {
      const file = `${dataDir}.${name}`;
      writeFileSync(file, content, { mode: 0o600 });
      if (runAs) chownSync(file, runAs.uid, runAs.gid);
      return file;
    },
    async stop() {
      server.kill("SIGINT");
      const timer = setTimeout(() => server.kill("SIGQUIT"), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
