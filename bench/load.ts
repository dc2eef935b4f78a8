import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { Durations } from "./measure.ts";

// A load generator in a process of its own: `node bench/load.ts <job as JSON>` prints its result as JSON. It writes requests
// straight to its sockets, so that it takes little of the processors the server needs, and gives each {key} of a request a new value.

export interface LoadJob {
  port: number;
  /** POST unless said otherwise. */
  method?: "GET";
  path: string;
  /** Header lines and body; every {key} becomes a key of its own. */
  headers: string[];
  body: string;
  /** Sends a list of so many of the body. */
  repeat?: number;
  /** JSON unless said otherwise. */
  contentType?: string;
  connections: number;
  seconds: { warm: number; measured: number };
  /** Requests a second, sent on schedule whatever comes back, after some seconds under full load; without it each connection asks again when it is answered. */
  rate?: number;
}

/** Milliseconds under full load before a load on schedule. */
const BUSY = 4000;
const KEY_LENGTH = 24;
const run = randomUUID().slice(0, 8);
let drawn = 0;

function newKey(): string {
  drawn += 1;
  return run + String(drawn).padStart(KEY_LENGTH - run.length, "0");
}

function writer(job: LoadJob): () => string {
  const { method = "POST", path, port, headers, repeat, contentType = "application/json" } = job;
  const body = repeat === undefined ? job.body : `[${Array(repeat).fill(job.body).join()}]`;
  const bytes = Buffer.byteLength(body.replaceAll("{key}", "0".repeat(KEY_LENGTH)));
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...(method === "GET" ? [] : [`Content-Type: ${contentType}`, `Content-Length: ${bytes}`]),
    ...headers,
  ];
  const parts = `${lines.join("\r\n")}\r\n\r\n${body}`.split("{key}");
  return () => parts.reduce((text, part) => text + newKey() + part);
}

/** Whether this much of an answer is all of it. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const head = answer.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  return length === undefined ? answer.endsWith("0\r\n\r\n") : answer.length >= end + 4 + Number(length);
}

/** One connection at a time, opened when a request needs one: a server may close what is idle, as any client has to expect. */
class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #answer = "";
  #asked: { resolve(answer: string): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#socket ??= this.#open();
      this.#socket.write(request, "latin1");
    });
  }

  #open(): Socket {
    const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    socket.setEncoding("latin1");
    socket.on("error", (error) => this.#asked?.reject(error));
    socket.on("close", () => {
      this.#socket = undefined;
      this.#asked?.reject(
        new Error(`the server closed a connection under a request: ${this.#answer.slice(0, 200)}`),
      );
    });
    socket.on("data", (chunk) => {
      this.#answer += chunk;
      if (!isWhole(this.#answer)) return;
      const [answer, asked] = [this.#answer, this.#asked];
      this.#answer = "";
      this.#asked = undefined;
      asked?.resolve(answer);
    });
    return socket;
  }
}

async function load(job: LoadJob): Promise<{ rate: number; p50: number; p99: number }> {
  const write = writer(job);
  const durations = new Durations();
  const clock = { from: Number.POSITIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const ask = async (connection: Connection, due: number) => {
    const answer = await connection.ask(write());
    if (!/^HTTP\/1\.1 (?:20[02]|302) /.test(answer))
      throw new Error(`an answer was neither 200 nor 202 nor 302: ${answer.slice(0, 600)}`);
    if (due >= clock.from && performance.now() <= clock.until) durations.add(performance.now() - due);
  };
  const connections = Array.from({ length: job.connections }, () => new Connection(job.port));
  // A server that has run for a while has compiled its code: at few requests a second that would take minutes.
  if (job.rate !== undefined) await closed(connections, performance.now() + BUSY, ask);
  clock.from = performance.now() + job.seconds.warm * 1000;
  clock.until = clock.from + job.seconds.measured * 1000;
  await (job.rate === undefined
    ? closed(connections, clock.until, ask)
    : open(connections, clock.until, ask, job.rate));
  return {
    rate: durations.count / job.seconds.measured,
    p50: durations.quantile(0.5),
    p99: durations.quantile(0.99),
  };
}

type Ask = (connection: Connection, due: number) => Promise<void>;

async function closed(connections: Connection[], until: number, ask: Ask): Promise<void> {
  const work = async (connection: Connection) => {
    while (performance.now() < until) await ask(connection, performance.now());
  };
  await Promise.all(connections.map(work));
}

/** Connections take turns. A request that finds none free waits, and its time runs from when it was due. */
async function open(connections: Connection[], until: number, ask: Ask, rate: number): Promise<void> {
  const started = performance.now();
  const free = [...connections];
  const due: number[] = [];
  const ended = Promise.withResolvers<void>();
  let scheduled = 0;
  const send = () => {
    while (due.length > 0) {
      const connection = free.shift();
      if (connection === undefined) return;
      ask(connection, due.shift() ?? 0).then(() => {
        free.push(connection);
        send();
      }, ended.reject);
    }
  };
  const clock = setInterval(() => {
    const now = performance.now();
    for (; started + (scheduled * 1000) / rate <= now; scheduled++)
      due.push(started + (scheduled * 1000) / rate);
    send();
    if (now < until) return;
    clearInterval(clock);
    ended.resolve();
  }, 1);
  await ended.promise;
}

if (import.meta.main) {
  const result = await load(JSON.parse(process.argv[2] ?? "{}") as LoadJob);
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}
