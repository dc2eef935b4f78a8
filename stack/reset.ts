import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { endOrphan } from "./cluster.ts";
import { readConfig } from "./config.ts";
import { systemDataDir } from "./postgres-home.ts";
import { createPrinter } from "./print.ts";
import { endRunner } from "./run-lock.ts";

/** What the stack makes in its data folder; anything else there isn't ours to delete. */
const OURS = /^(db(\..*)?|deno|logs|mail|run\.json|secrets\.json(\.\d+)?)$/;

/** `npm run reset`: stops what runs on the data folder and deletes what it made. Asks first on a terminal. */
async function main(): Promise<void> {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const print = createPrinter(interactive);
  const { dataDir } = readConfig();
  const cluster = join(dataDir, "db");
  const elsewhere = systemDataDir(cluster);
  if (!existsSync(dataDir) && !existsSync(elsewhere)) return print.line(`There is nothing in ${dataDir}.`);
  if (interactive && !process.argv.includes("--yes") && !(await agrees(dataDir))) return;
  try {
    if (await endRunner(dataDir)) print.line("Stopped what ran on it.");
    await endOrphan(cluster);
    await endOrphan(elsewhere);
    deleteOurs(dataDir, elsewhere);
    print.line(`Deleted the local data of ${dataDir}. npm start begins afresh.`);
  } catch (error) {
    print.problem(error);
    process.exitCode = 1;
  }
}

function deleteOurs(dataDir: string, elsewhere: string): void {
  const found = existsSync(dataDir) ? readdirSync(dataDir) : [];
  const paths = found.filter((name) => OURS.test(name)).map((name) => join(dataDir, name));
  for (const path of [...paths, elsewhere, `${elsewhere}.vault-key`]) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length === 0) rmdirSync(dataDir);
}

async function agrees(dataDir: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete all local data in ${dataDir}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

if (import.meta.main) await main();
