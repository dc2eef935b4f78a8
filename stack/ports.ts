import { connect, createServer } from "node:net";
import { waitUntil } from "./alive.ts";
import { StackError } from "./stack-error.ts";

const HOST = "127.0.0.1";

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error("no free port");
  return port;
}

/** True when nothing listens on the port of 127.0.0.1. */
async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/** True when something accepts connections on the port of 127.0.0.1. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    const end = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

/**
 * Waits up to three seconds for a port to be free (what we ended a moment ago may still be closing it).
 * Throws a StackError that names the port and the variable that moves it.
 */
export async function requirePort(port: number, what: string, variable: string): Promise<void> {
  if (await waitUntil(() => isPortFree(port), 3000)) return;
  throw new StackError(
    `Port ${port}, for ${what}, is taken by another program.`,
    `Stop that program, or choose another port: ${variable}=${port + 1000} npm start`,
  );
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}
