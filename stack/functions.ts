import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { waitUntil } from "./alive.ts";
import { serveHttp } from "./http-server.ts";
import type { Part } from "./part.ts";
import { freePort, isListening } from "./ports.ts";
import { type Child, supervise } from "./supervise.ts";

export interface FunctionsOptions {
  port: number;
  /** The project's folder; functions are supabase/functions/<name>/index.ts in it. */
  root: string;
  /** The whole environment of every function, next to its own GANTRY_JOB_SECRET. */
  env: Record<string, string>;
  /** From which each function's own GANTRY_JOB_SECRET is derived. */
  cronSecret: string;
  logDir: string;
  /** Deno's own folder. */
  cacheDir: string;
  /** Start a function again when its source changes. */
  watch: boolean;
  report: (line: string) => void;
  /** Serves these alone; all when left out. */
  only?: readonly string[];
}

export interface Functions extends Part {
  names: string[];
  /** Ends all of them at once. */
  kill(): void;
}

interface Served {
  child: Child;
  port: () => number;
}

const READY_TIMEOUT_MS = 20_000;

/** The secret that starts one function and nothing else: cron sends it, the function compares it. */
export function jobSecret(cronSecret: string, name: string): string {
  return createHmac("sha256", cronSecret).update(`job:${name}`).digest("base64url");
}

/** The functions of a project: folders of supabase/functions with an index.ts, without those that begin with "_". */
export function functionNames(root: string): string[] {
  const dir = join(root, "supabase", "functions");
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => /^[a-z]/.test(name) && existsSync(join(dir, name, "index.ts")));
}

/**
 * Serves each Edge Function at /functions/v1/<name>: a Deno process for each, which may read the sources and
 * node_modules, use the network and see the variables it is given (the process gets no others), and nothing else. One that ends is started again.
 */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const served = new Map<string, Served>();
  const names = functionNames(options.root).filter((name) => options.only?.includes(name) ?? true);
  for (const name of names) served.set(name, await serve(name, options));
  const proxy = await serveHttp(options.port, (request, response) => {
    const [, name, rest] = /^\/functions\/v1\/([a-z][a-z0-9_-]*)(.*)$/.exec(request.url ?? "") ?? [];
    const target = name === undefined ? undefined : served.get(name);
    if (!target) return answer(response, 404, "there is no such function");
    void forward(request, response, target, `/${name}${rest ?? ""}`);
  });
  return {
    names: [...served.keys()],
    kill() {
      for (const { child } of served.values()) child.kill();
    },
    async stop() {
      await proxy.stop();
      await Promise.all([...served.values()].map(({ child }) => child.stop()));
    },
  };
}

async function serve(name: string, options: FunctionsOptions): Promise<Served> {
  const { root } = options;
  let port = 0;
  const readable = ["supabase/functions", "lib", "node_modules", "package.json"].map((path) =>
    join(root, path),
  );
  const child = await supervise({
    name: `function ${name}`,
    command: denoBinary(),
    args: [
      "run",
      "--node-modules-dir=manual",
      "--no-lock",
      "--no-prompt",
      "--no-remote",
      "--cached-only",
      "--quiet",
      "--allow-net",
      "--allow-env",
      `--allow-read=${readable.join(",")}`,
      // The hostname for mail, and the machine's certificates for https, which Deno has no narrower name for.
      "--allow-sys",
      ...(options.watch ? ["--watch"] : []),
      join(root, "supabase", "functions", name, "index.ts"),
    ],
    cwd: root,
    async env() {
      port = await freePort();
      return {
        ...options.env,
        GANTRY_JOB_SECRET: jobSecret(options.cronSecret, name),
        NO_COLOR: "1",
        DENO_DIR: options.cacheDir,
        DENO_NO_UPDATE_CHECK: "1",
        DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
      };
    },
    logFile: join(options.logDir, `function-${name}.log`),
    report: options.report,
  });
  return { child, port: () => port };
}

async function forward(request: IncomingMessage, response: ServerResponse, target: Served, path: string) {
  const up = await waitUntil(() => isListening(target.port()), READY_TIMEOUT_MS);
  if (!up) return answer(response, 503, "the function isn't running");
  const { method, headers } = request;
  const upstream = httpRequest({ host: "127.0.0.1", port: target.port(), path, method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  });
  upstream.on("error", () => answer(response, 502, "the function ended while it answered"));
  request.pipe(upstream);
}

function answer(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
}

/** Deno out of node_modules; its launcher fetches it from its platform's package when the install script didn't run. */
function denoBinary(): string {
  const home = dirname(createRequire(import.meta.url).resolve("deno/package.json"));
  const binary = join(home, process.platform === "win32" ? "deno.exe" : "deno");
  if (!existsSync(binary)) spawnSync(process.execPath, [join(home, "bin.cjs"), "--version"]);
  return binary;
}
