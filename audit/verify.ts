import { parseArgs } from "node:util";
import { readConfig } from "#stack/config.ts";
import { loadSecrets } from "#stack/secrets.ts";
import { type Finding, type Head, walkChain } from "./chain.ts";
import { readDatabase } from "./read-database.ts";
import { readExport } from "./read-export.ts";

const USAGE = `Verifies a workspace's audit trail by recomputing every hash, without trusting the database's own functions.

  npm run audit:verify -- --workspace <slug>      reads DATABASE_URL (as its owner), or the local stack
  npm run audit:verify -- --file <export.json>    reads a JSON export of the audit page

  --expect <sequence>:<hash>    a head that was kept: it must still be part of the chain
`;

interface Asked {
  workspace: string | undefined;
  file: string | undefined;
  kept: Head | null;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Reads the arguments; null when they make no sense. */
function readArguments(args: string[]): Asked | null {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { workspace: text, file: text, expect: text } });
  const { workspace, file, expect } = values;
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/i.exec(expect ?? "") ?? [];
  if ((workspace === undefined) === (file === undefined)) return null;
  if (expect !== undefined && (sequence === undefined || hash === undefined)) return null;
  const kept =
    sequence === undefined || hash === undefined
      ? null
      : { sequence: Number(sequence), hash: hash.toLowerCase() };
  return { workspace, file, kept };
}

function ownerUrl(): string {
  const config = readConfig();
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const { passwords } = loadSecrets(config.dataDir);
  return `postgres://postgres:${passwords.postgres}@127.0.0.1:${config.ports.db}/postgres`;
}

async function verify({ workspace, file, kept }: Asked): Promise<Finding | undefined> {
  if (file !== undefined) {
    const { slug, complete, head, links } = readExport(file);
    print(
      `${slug}: ${links.length} entries in ${file}${complete ? "" : ". Some were left out, so gaps are no fault"}`,
    );
    return walkChain(links, { head, kept, complete });
  }
  return readDatabase(ownerUrl(), workspace ?? "", ({ head, links }) =>
    walkChain(links, { head, kept, complete: true }),
  );
}

/** Exit code 0: every entry holds. 1: the first bad one was named. 2: nothing could be checked. */
async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2));
  if (asked === null) {
    print(USAGE);
    return 2;
  }
  const finding = await verify(asked);
  if (finding === undefined) {
    print(`There is no workspace ${asked.workspace} that this address may read.`);
    return 2;
  }
  const { checked, head, bad } = finding;
  print(`${checked} entries hold.`);
  if (bad !== null) {
    print(`BROKEN: entry ${bad.sequence} ${bad.problem}.`);
    return 1;
  }
  print(`Head ${head.sequence}:${head.hash}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  print(`\n${USAGE}`);
  process.exitCode = 2;
}
