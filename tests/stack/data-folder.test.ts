import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readConfig } from "#stack/config.ts";
import { requirePort } from "#stack/ports.ts";
import { claimDataDir, endRunner } from "#stack/run-lock.ts";
import { loadSecrets } from "#stack/secrets.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gantry-folder-"));
  return () => rmSync(dir, { recursive: true });
});

const lockFile = () => join(dir, "run.json");

/** A process whose command line is that of a start. */
async function runner(): Promise<{ pid: number; end(): Promise<void>; ended: Promise<unknown> }> {
  const script = join(dir, "start.ts");
  writeFileSync(script, "process.stdout.write('up'); setInterval(() => undefined, 1000);");
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  const ended = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    ended,
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

test("STACK-10 a folder that another start runs on is refused by its process, and free once that has ended", async () => {
  const other = await runner();
  writeFileSync(lockFile(), JSON.stringify({ pid: other.pid }));
  expect(() => claimDataDir(dir)).toThrow(`Gantry already runs on ${dir} (process ${other.pid}).`);
  await other.end();
  const giveBack = claimDataDir(dir);
  expect(JSON.parse(readFileSync(lockFile(), "utf8"))).toEqual({ pid: process.pid });
  giveBack();
  expect(existsSync(lockFile())).toBe(false);
});

test("STACK-11 a lock cut short by a crash, or whose number went to another program, holds nobody off", () => {
  for (const left of [
    "",
    '{"pid":',
    JSON.stringify({ pid: process.ppid }),
    JSON.stringify({ pid: 4_000_000 }),
  ]) {
    writeFileSync(lockFile(), left);
    claimDataDir(dir)();
  }
});

test("STACK-12 resetting ends the start that runs on the folder first", async () => {
  expect(await endRunner(dir)).toBe(false);
  const other = await runner();
  writeFileSync(lockFile(), JSON.stringify({ pid: other.pid }));
  expect(await endRunner(dir)).toBe(true);
  expect(await other.ended).toEqual([null, "SIGTERM"]);
});

test("STACK-13 a taken port is named with what it is for and the variable that moves it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(requirePort(port, "the gate", "GANTRY_GATE_PORT")).rejects.toMatchObject({
    message: `Port ${port}, for the gate, is taken by another program.`,
    wayOut: expect.stringContaining(`GANTRY_GATE_PORT=${port + 1000} npm start`),
  });
  server.close();
  await once(server, "close");
  await requirePort(port, "the gate", "GANTRY_GATE_PORT");
});

test("STACK-14 a port that is none, or given twice, is refused by its variable", () => {
  for (const given of ["0", "65536", "80.5", "web"]) {
    expect(() => readConfig({ NODE_ENV: "test", GANTRY_WEB_PORT: given })).toThrow(
      `GANTRY_WEB_PORT is "${given}".`,
    );
  }
  expect(() => readConfig({ NODE_ENV: "test", GANTRY_WEB_PORT: "4000" })).toThrow(
    "GANTRY_WEB_PORT and GANTRY_GATE_PORT are both 4000.",
  );
});

test("STACK-15 secrets are drawn once, readable by their owner alone, and kept; what is missing is drawn", () => {
  const first = loadSecrets(dir);
  const file = join(dir, "secrets.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(loadSecrets(dir)).toEqual(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { demoKey: _, ...older } = first;
  writeFileSync(file, JSON.stringify({ ...older, passwords: { postgres: "kept" } }));
  const completed = loadSecrets(dir);
  expect(completed).toMatchObject({ ...older, passwords: { postgres: "kept" } });
  expect(completed.demoKey).toMatch(/^gty_/);
  expect(completed.passwords.gantry_service).not.toBe(first.passwords.gantry_service);
});

test("STACK-16 damaged secrets are never drawn anew over the old: the file is named, and left as it is", () => {
  const file = join(dir, "secrets.json");
  for (const damaged of ['{"jwtSecret": "cut', "[]x", "null"]) {
    writeFileSync(file, damaged);
    expect(() => loadSecrets(dir)).toThrow(`${file} can't be read.`);
    expect(readFileSync(file, "utf8")).toBe(damaged);
  }
});
