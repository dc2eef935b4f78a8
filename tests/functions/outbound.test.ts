import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkTarget, type Resolve } from "#lib/outbound-lookup.ts";
import { type Networks, parseTarget, readNetworks, TargetRefused } from "#lib/outbound-target.ts";
import { createOutbound, type OutboundRequest } from "../../supabase/functions/_shared/outbound.ts";

const PUBLIC_ONLY: Networks = { own: [], ownHosts: ["gantry.example.com"] };
/** The operator's own network is elsewhere: plain http and any port get past the shape, so that the address alone refuses. */
const ELSEWHERE: Networks = { own: ["10.99.0.0/16"], ownHosts: ["gantry.example.com"] };
const LOOPBACK: Networks = { own: ["127.0.0.0/8", "::1/128"] };

let server: Server;
let port: number;
let connections = 0;
let reply: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => reply(request, response));
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((closed) => server.close(() => closed()));
});
beforeEach(() => {
  connections = 0;
  reply = (_, response) => response.end("reached");
});

const request = (url: string, timeoutMs = 5000): OutboundRequest => ({
  method: "POST",
  url,
  headers: {},
  body: "{}",
  timeoutMs,
});

/** Answers each name from a list of its answers, the last one for good; anything else can't be resolved. */
function resolver(answers: Record<string, string[][]>): Resolve {
  return (host, done) => {
    const left = answers[host] ?? [];
    const found = left.length > 1 ? left.shift() : left[0];
    if (found === undefined) return done(new Error("ENOTFOUND"), []);
    return done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}

/** Spellings of what must never be reached, each with the port that listens. */
const HOSTS = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "017700000001",
  "127.0.0.1.",
  "127.255.255.254",
  "%31%32%37.0.0.1",
  "①②⑦.⓪.⓪.①",
  "0.0.0.0",
  "0",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "169.254.169.254",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.254",
  "192.168.1.1",
  "100.64.0.1",
  "192.0.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[::7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fc00::1]",
  "[fd00::1]",
  "[fe80::1]",
  "[fec0::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "somebody@127.0.0.1",
  "somebody:secret@example.com",
  "gantry.example.com",
];

describe("what may be called", () => {
  test("WHK-01 no spelling of a private, local or reserved address is connected to", async () => {
    const reached: string[] = [];
    for (const networks of [PUBLIC_ONLY, ELSEWHERE]) {
      for (const host of HOSTS) {
        // With a port and scheme that are fine, so that nothing but the address refuses it.
        await expect(checkTarget(`https://${host}/`, networks), host).rejects.toBeInstanceOf(TargetRefused);
        for (const scheme of ["http", "https"]) {
          const url = `${scheme}://${host}:${port}/`;
          await createOutbound(networks)(request(url)).then(
            () => reached.push(url),
            (error) => (error instanceof TargetRefused ? null : reached.push(`${url} ${error}`)),
          );
        }
      }
    }
    expect(reached).toEqual([]);
    expect(connections).toBe(0);
    // The server is there: with this machine as the operator's own network the same addresses reach it.
    for (const host of ["127.0.0.1", "2130706433", "localhost", "[::1]"]) {
      const answer = await createOutbound(LOOPBACK)(request(`http://${host}:${port}/`));
      expect(answer).toMatchObject({ status: 200, body: "reached" });
    }
    expect(connections).toBe(4);
  });

  test("WHK-02 only https on port 443 or 8443 of the public internet is a target", () => {
    for (const url of [
      "http://example.com/",
      "https://example.com:22/",
      "https://example.com:6379/",
      "https://example.com:80/",
      "http://1.1.1.1/",
      "ftp://example.com/",
      "file:///etc/passwd",
      "gopher://example.com/",
      "javascript:alert(1)",
      "data:text/plain,hello",
      "//example.com/",
      "example.com",
      "https://",
      "https:// ",
      "",
      `https://example.com/${"a".repeat(2000)}`,
    ]) {
      expect(() => parseTarget(url, PUBLIC_ONLY), url).toThrow(TargetRefused);
    }
    for (const url of [
      "https://example.com/hook",
      "https://example.com:8443/",
      "https://1.1.1.1/",
      "https://[2606:4700::1111]/",
    ]) {
      expect(parseTarget(url, PUBLIC_ONLY)).toBeInstanceOf(URL);
    }
  });

  test("WHK-03 a name is refused for any bad address it has, and when it can't be resolved", async () => {
    const resolve = resolver({
      "inner.example.com": [["10.1.2.3"]],
      "half.example.com": [["93.184.215.14", "127.0.0.1"]],
      "six.example.com": [["2606:4700::1111", "::ffff:127.0.0.1"]],
      "empty.example.com": [[]],
    });
    for (const name of ["inner", "half", "six", "empty", "unknown"]) {
      for (const networks of [PUBLIC_ONLY, ELSEWHERE]) {
        const url = `https://${name}.example.com/`;
        await expect(checkTarget(url, networks, resolve), url).rejects.toBeInstanceOf(TargetRefused);
        await expect(createOutbound(networks, resolve)(request(url)), url).rejects.toBeInstanceOf(
          TargetRefused,
        );
      }
    }
    expect(connections).toBe(0);
  });

  test("WHK-04 a name that was public when it was saved and is private when it is called is not connected to", async () => {
    const resolve = resolver({ "rebind.example.com": [["93.184.215.14"], ["127.0.0.1"]] });
    const url = `https://rebind.example.com/`;
    await checkTarget(url, PUBLIC_ONLY, resolve);
    await expect(createOutbound(PUBLIC_ONLY, resolve)(request(url))).rejects.toThrow(
      "not on the public internet",
    );
    expect(connections).toBe(0);
  });

  test("WHK-05 a redirect is an answer and is not followed", async () => {
    reply = (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/inner` }).end();
    const answer = await createOutbound(LOOPBACK)(request(`http://127.0.0.1:${port}/`));
    expect(answer.status).toBe(302);
    expect(connections).toBe(1);
  });

  test("WHK-06 the operator's own network is named block by block, and plain http stays inside it", async () => {
    expect(readNetworks(" 127.0.0.0/8, ::1/128 ")).toEqual(LOOPBACK.own);
    expect(readNetworks(undefined)).toEqual([]);
    expect(() => readNetworks("127.0.0.0/8,localhost")).toThrow("localhost is no CIDR block");
    const resolve = resolver({ "own.example.com": [["127.0.0.1"]], "out.example.com": [["93.184.215.14"]] });
    const call = createOutbound(LOOPBACK, resolve);
    expect(await call(request(`http://own.example.com:${port}/`))).toMatchObject({ body: "reached" });
    await expect(call(request(`http://out.example.com:${port}/`))).rejects.toThrow("begins with https");
    await expect(call(request(`http://10.0.0.1:${port}/`))).rejects.toThrow("not on the public internet");
  });
});

describe("a call", () => {
  test("WHK-07 a target that hangs, before its answer or in the middle of it, is given up in time", async () => {
    const call = createOutbound(LOOPBACK);
    reply = () => undefined;
    await expect(call(request(`http://127.0.0.1:${port}/`, 150))).rejects.toThrow("no answer within 0.15 s");
    reply = (_, response) => response.writeHead(200).write("begun");
    await expect(call(request(`http://127.0.0.1:${port}/`, 150))).rejects.toThrow();
    await expect(
      createOutbound(LOOPBACK, () => undefined)(request(`http://slow.example.com:${port}/`, 150)),
    ).rejects.toThrow("no answer within 0.15 s");
  });

  test("WHK-08 an endless answer is cut", async () => {
    reply = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.writeHead(200);
      response.on("drain", more);
      more();
    };
    const answer = await createOutbound(LOOPBACK)(request(`http://127.0.0.1:${port}/`));
    expect(answer.body).toHaveLength(1_000_000);
  });
});
