import { globSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createConnection, createServer as createRelay, type Socket } from "node:net";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Handler } from "#lib/route.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** One exported handler of app/api/v1, under the path that Next gives it. */
export interface MountedRoute {
  method: string;
  /** With its parameters in braces, as OpenAPI writes them. */
  path: string;
  handler: Handler;
}

/** Every handler in app/api/v1, found by walking the folder. Set DATABASE_URL before the first request. */
export async function walkRoutes(): Promise<MountedRoute[]> {
  const found: MountedRoute[] = [];
  for (const file of globSync("app/api/v1/**/route.ts").toSorted()) {
    const module: Record<string, unknown> = await import(pathToFileURL(resolve(file)).href);
    const path = `/${dirname(file).slice("app/".length)}`.replaceAll("[", "{").replaceAll("]", "}");
    for (const method of METHODS) {
      const handler = module[method];
      if (typeof handler === "function") found.push({ method, path, handler: handler as Handler });
    }
  }
  return found;
}

export interface ServedRoutes {
  url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Whether to cut the connection instead of sending the answer that the handler has given. */
  losesAnswer?: (request: Request, answer: Response) => boolean;
  /** Changes an answer on its way out. */
  changesAnswer?: (request: Request, answer: Response) => Promise<Response>;
}

/** Serves the real handlers over real HTTP on a free port, both those of the gate and those of the console. */
export async function serveRoutes(options: ServeOptions = {}): Promise<ServedRoutes> {
  const app = new Hono();
  // A fixed path before one with a parameter, as under Next.
  const routes = (await walkRoutes()).toSorted(
    (a, b) => Number(a.path.includes("{")) - Number(b.path.includes("{")),
  );
  for (const { method, path, handler } of routes) {
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ":$1"), (c) =>
      handler(c.req.raw, { params: Promise.resolve(c.req.param()) }),
    );
  }
  const answerOn = async (request: Request, socket: Socket): Promise<Response> => {
    const answer = await app.fetch(request);
    if (options.losesAnswer?.(request, answer) === true) socket.destroy();
    return options.changesAnswer === undefined ? answer : options.changesAnswer(request, answer);
  };
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void getRequestListener((request) => answerOn(request, incoming.socket))(incoming, outgoing);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A Postgres that can be taken away: its address leads through a relay that `cut` closes and `mend` opens again. */
export interface CuttableDatabase {
  url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Puts a relay in front of a database address. */
export async function cuttable(databaseUrl: string): Promise<CuttableDatabase> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const relay = createRelay((near) => {
    const far = createConnection(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) => new Promise<void>((done) => relay.listen(port, "127.0.0.1", done));
  await listen(0);
  const port = portOf(relay.address());
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    cut: () =>
      new Promise<void>((done) => {
        relay.close(() => done());
        for (const socket of open) socket.destroy();
      }),
    mend: () => listen(port),
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}
