import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#stack/config.ts";
import { freePort } from "#stack/ports.ts";
import { type Server, startServer } from "./children.ts";

const FILES: Record<string, string> = {
  "app/layout.jsx": 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n',
  "app/nothing/route.js": "export const POST = async () => Response.json({ ok: true });\n",
  "app/check/route.js": 'export { POST } from "#app/api/v1/cap-checks/route.ts";\n',
  "app/bulk/route.js": 'export { POST } from "#app/api/v1/cap-checks/batch/route.ts";\n',
};

const nextCommand = (root: string) => join(root, "node_modules", "next", "dist", "bin", "next");

/**
 * Builds and starts a Next app of three routes: one that does nothing, and the cap check and its batch as the console serves them. It is made in the
 * project's data folder, inside the project, so that Next finds the same packages and sources; nothing of it ships.
 */
export async function startNext(root: string, databaseUrl: string): Promise<Server> {
  const dir = join(root, ".gantry", "bench-next");
  rmSync(dir, { recursive: true, force: true });
  const config = `export default { turbopack: { root: ${JSON.stringify(root)} }, outputFileTracingRoot: ${JSON.stringify(root)}, poweredByHeader: false };\n`;
  for (const [file, text] of Object.entries({ ...FILES, "next.config.mjs": config })) {
    mkdirSync(join(dir, file, ".."), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  await build(root, dir);
  const port = await freePort();
  const server = await startServer(
    root,
    [nextCommand(root), "start", dir, "-H", "127.0.0.1", "-p", String(port)],
    port,
    {
      DATABASE_URL: databaseUrl,
      GANTRY_LOG_LEVEL: "error",
      NODE_ENV: "production",
    },
  );
  return {
    port,
    async stop() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function build(root: string, dir: string): Promise<void> {
  const child = spawn(process.execPath, [nextCommand(root), "build", dir], {
    cwd: root,
    env: { NODE_ENV: "production", ...readConfig().baseEnv },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the Next app for the bench did not build: ${said}`);
}
