import { join, resolve } from "node:path";
import { StackError } from "./stack-error.ts";

/** Where each part listens, always on 127.0.0.1. */
export interface Ports {
  web: number;
  gate: number;
  db: number;
  api: number;
  functions: number;
  mail: number;
  smtp: number;
}

/** Client id and secret of the Google sign-in, when configured. */
export interface GoogleClient {
  clientId: string;
  clientSecret: string;
}

/** Everything the local stack takes from its surroundings. */
export interface Config {
  /** The project's folder. */
  root: string;
  /** What the stack writes: database, secrets, logs, mail. */
  dataDir: string;
  ports: Ports;
  google: GoogleClient | undefined;
  /** GANTRY_PRIVATE_TARGETS: by default this machine, so that webhooks and measurements can be tried out on it. */
  privateTargets: string;
  /** For `npm run db:migrate`: the database to migrate instead of the local one. */
  databaseUrl: string | undefined;
  /** What every child process inherits: paths and locale, no secrets. */
  baseEnv: Record<string, string>;
  /** True when npm runs us: then we end with it. */
  underNpm: boolean;
  /** Settings of the app that are handed on when they are set. */
  appEnv: Record<string, string>;
  /** The same for the functions. */
  functionEnv: Record<string, string>;
}

/** How to override each port. */
export const PORT_VARIABLES: Record<keyof Ports, string> = {
  web: "GANTRY_WEB_PORT",
  gate: "GANTRY_GATE_PORT",
  db: "GANTRY_DB_PORT",
  api: "GANTRY_API_PORT",
  functions: "GANTRY_FUNCTIONS_PORT",
  mail: "GANTRY_MAIL_PORT",
  smtp: "GANTRY_SMTP_PORT",
};

const DEFAULT_PORTS: Ports = {
  web: 3000,
  gate: 4000,
  db: 54322,
  api: 54321,
  functions: 54323,
  mail: 54324,
  smtp: 54325,
};

const INHERITED = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LC_ALL",
  "TERM",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "SYSTEMROOT",
  "ComSpec",
  "APPDATA",
  "LOCALAPPDATA",
  "FORCE_COLOR",
  "NO_COLOR",
  "CI",
];

const HANDED_ON = ["DATABASE_POOL", "GANTRY_LOG_LEVEL", "GANTRY_METRICS_TOKEN"];
const HANDED_TO_FUNCTIONS = ["GANTRY_PAGERDUTY_URL"];

/**
 * Reads the configuration from the environment; the only place in `stack/` that does.
 * Throws a StackError for a port that isn't one or is given twice.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const root = resolve(import.meta.dirname, "..");
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = env;
  return {
    root,
    dataDir: env.GANTRY_DATA_DIR ? resolve(env.GANTRY_DATA_DIR) : join(root, ".gantry"),
    ports: readPorts(env),
    google: clientId && clientSecret ? { clientId, clientSecret } : undefined,
    privateTargets: env.GANTRY_PRIVATE_TARGETS ?? "127.0.0.0/8,::1/128",
    databaseUrl: env.DATABASE_URL || undefined,
    baseEnv: { ...pick(env, INHERITED), DO_NOT_TRACK: "1", NEXT_TELEMETRY_DISABLED: "1" },
    underNpm: env.npm_lifecycle_event !== undefined,
    appEnv: pick(env, HANDED_ON),
    functionEnv: pick(env, HANDED_TO_FUNCTIONS),
  };
}

function readPorts(env: NodeJS.ProcessEnv): Ports {
  const ports = { ...DEFAULT_PORTS };
  const seen = new Map<number, string>();
  for (const part of Object.keys(PORT_VARIABLES) as (keyof Ports)[]) {
    const variable = PORT_VARIABLES[part];
    const given = env[variable];
    if (given) ports[part] = readPort(variable, given);
    const twin = seen.get(ports[part]);
    if (twin) {
      throw new StackError(`${twin} and ${variable} are both ${ports[part]}.`, "Give each its own port.");
    }
    seen.set(ports[part], variable);
  }
  return ports;
}

function readPort(variable: string, given: string): number {
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError(`${variable} is "${given}".`, "It has to be a port, 1 to 65535.");
  }
  return port;
}

function pick(env: NodeJS.ProcessEnv, names: string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = env[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
