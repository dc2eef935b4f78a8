import { spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { commandLine, waitUntil } from "./alive.ts";
import { type PostgresHome, SERVER_ENV } from "./postgres-home.ts";
import { StackError } from "./stack-error.ts";

/** Written last when a cluster is made: without it a folder is half made. */
const MARKER = "gantry-cluster";

/**
 * Makes a cluster (UTF-8, scram passwords, data checksums) next to its place and moves it there when it is whole,
 * so that being killed in between leaves nothing that looks like one.
 */
export async function createCluster(home: PostgresHome, password: string): Promise<void> {
  const { dataDir, runAs } = home;
  mkdirSync(dirname(dataDir), { recursive: true });
  removeDrafts(dataDir);
  const draft = `${dataDir}.new-${process.pid}`;
  const passwordFile = `${draft}-password`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runAs) {
    chownSync(draft, runAs.uid, runAs.gid);
    chownSync(passwordFile, runAs.uid, runAs.gid);
  }
  const flags = [
    `--pgdata=${draft}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
  ];
  const made = spawnSync(home.initdb, flags, {
    encoding: "utf8",
    cwd: "/",
    env: SERVER_ENV,
    ...(runAs ? { uid: runAs.uid, gid: runAs.gid } : {}),
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    throw new StackError(
      `Postgres couldn't make its data folder ${dataDir}: ${lastLine(made.stderr) || made.error?.message || "killed"}`,
      "Check that the folder can be written and the disk isn't full, then start again.",
    );
  }
  writeFileSync(join(draft, MARKER), `${home.major}\n`);
  renameSync(draft, dataDir);
}

/** Throws a StackError when the folder isn't a whole cluster of this version. */
export function checkCluster({ dataDir, major }: PostgresHome): void {
  const read = (name: string) =>
    existsSync(join(dataDir, name)) ? readFileSync(join(dataDir, name), "utf8").trim() : "";
  const version = read("PG_VERSION");
  if (!read(MARKER) || !version) {
    throw new StackError(`The data folder ${dataDir} is half made.`, "Start afresh with: npm run reset");
  }
  if (version !== major) {
    throw new StackError(
      `The data folder ${dataDir} was made by Postgres ${version}; this is Postgres ${major}.`,
      "Start with the version that made it, or afresh with: npm run reset",
    );
  }
}

/**
 * Stops a server that an earlier run left on the folder, and removes a postmaster.pid whose process has gone
 * (its number may meanwhile belong to something else, which Postgres would take for a server).
 */
export async function endOrphan(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const isServer = () => commandLine(pid)?.includes(dataDir) ?? false;
  if (!Number.isInteger(pid) || pid <= 0 || !isServer()) {
    rmSync(pidFile, { force: true });
    return;
  }
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    process.kill(pid, signal);
    if (await waitUntil(() => !isServer(), 10_000)) return;
  }
  throw new StackError(
    `A Postgres of an earlier run (process ${pid}) still holds ${dataDir} and doesn't stop.`,
    `End it with: kill -9 ${pid}`,
  );
}

function removeDrafts(dataDir: string): void {
  for (const name of readdirSync(dirname(dataDir))) {
    if (!name.startsWith(`${basename(dataDir)}.new-`)) continue;
    rmSync(join(dirname(dataDir), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function lastLine(text: string | null): string {
  return text?.trim().split("\n").at(-1) ?? "";
}
