import { createServer, type RequestListener } from "node:http";
import type { Part } from "./part.ts";

/** Serves on 127.0.0.1 until stopped; open connections are cut after two seconds. Rejects when the port is taken. */
export function serveHttp(port: number, listener: RequestListener): Promise<Part> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve({ stop: () => close(server) });
    });
  });
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
