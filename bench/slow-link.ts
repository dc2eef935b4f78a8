import { connect, createServer } from "node:net";

// A link to Postgres that is a millisecond longer: `node bench/slow-link.ts <port> <Postgres's port>` passes on what comes, what goes there a
// millisecond late, in order.

const LATE = 1;
const [, , port, to] = process.argv;

createServer({ noDelay: true }, (near) => {
  const far = connect({ host: "127.0.0.1", port: Number(to), noDelay: true });
  near.on("data", (chunk) => setTimeout(() => far.writable && far.write(chunk), LATE));
  far.on("data", (chunk) => near.writable && near.write(chunk));
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}).listen(Number(port), "127.0.0.1");
