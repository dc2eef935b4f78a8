import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startNet } from "#stack/net.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

let db: TestDatabase;
let server: Server;
let origin: string;
const heard: { method: string | undefined; url: string | undefined; body: string }[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  db = await testDatabase();
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      heard.push({ method: request.method, url: request.url, body });
      if (request.url === "/never") return;
      if (request.url === "/elsewhere") response.writeHead(302, { location: "http://example.com/" });
      response.end("heard");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await db.close();
});

interface Answer {
  id: string;
  status_code: number | null;
  content: string | null;
  timed_out: boolean;
  error_msg: string | null;
}

/** Sends all that waits and reads the answers, in the order of the requests. */
async function delivered(): Promise<Answer[]> {
  const net = startNet(db.owner, (line) => expect(line).toBe(""));
  await net.send();
  await net.stop();
  return await db.owner<Answer[]>`
    with gone as (delete from net._http_response returning id, status_code, content, timed_out, error_msg) select * from gone order by id`;
}

test("STACK-21 what a transaction queued is sent once it is committed, once, and its answer kept", async () => {
  await expect(
    db.owner.begin(async (sql) => {
      await sql`select net.http_post(${`${origin}/undone`})`;
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await db.owner`select net.http_post(${`${origin}/job`}, '{"a":1}', '{"q":"x y&z"}')`;
  const [first, second] = await Promise.all([delivered(), delivered()]);
  expect([...first, ...second]).toMatchObject([
    { status_code: 200, content: "heard", timed_out: false, error_msg: null },
  ]);
  expect(heard.splice(0)).toEqual([{ method: "POST", url: "/job?q=x%20y%26z", body: '{"a": 1}' }]);
});

test("STACK-22 another address than this machine's is not called, and a redirect not followed", async () => {
  const FOREIGN = [
    "http://example.com/",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1/",
    "http://127.0.0.1.example.com/",
    "http://127.0.0.1@example.com/",
    "http://[::ffff:10.0.0.1]/",
    "http://0.0.0.0/",
    "file:///etc/passwd",
  ];
  for (const url of FOREIGN) await db.owner`select net.http_get(${url})`;
  const refused = {
    status_code: null,
    content: null,
    timed_out: false,
    error_msg: "only this machine is called locally",
  };
  expect(await delivered()).toMatchObject(FOREIGN.map(() => refused));
  await db.owner`select net.http_get(${`${origin}/elsewhere`})`;
  expect(await delivered()).toMatchObject([{ status_code: 302 }]);
  expect(heard.splice(0).map(({ url }) => url)).toEqual(["/elsewhere"]);
});

test("STACK-23 a call that takes too long and one that nobody answers are kept as what they were", async () => {
  await db.owner`select net.http_get(${`${origin}/never`}, timeout_milliseconds => 50)`;
  await db.owner`select net.http_get('http://127.0.0.1:1/')`;
  const [late, nobody] = await delivered();
  expect(late).toMatchObject({ status_code: null, timed_out: true, error_msg: "Timeout was reached" });
  expect(nobody).toMatchObject({ status_code: null, timed_out: false, error_msg: expect.any(String) });
});
