import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { newPlay, type Play } from "./load-play.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let db: TestDatabase;
let server: Server;
let base: string;
let answer: Answer;
let asked: { path: string; authorization: string | undefined }[];
let workspace: Workspace;
let play: Play;

beforeAll(async () => {
  db = await testDatabase();
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? "", authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((fulfil) => server.listen(0, "127.0.0.1", fulfil));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((fulfil) => server.close(fulfil));
  await db.close();
});
beforeEach(async () => {
  asked = [];
  workspace = await newWorkspace(db);
  play = await newPlay(db, workspace);
});

const vector = (...values: string[]) => ({
  status: "success",
  data: {
    resultType: "vector",
    result: values.map((value) => ({ metric: {}, value: [1_780_315_200, value] })),
  },
});
const json =
  (body: object, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };

async function source(
  options: { url?: string; header?: [string, string | null] | null; name?: string } = {},
) {
  const { url = base, header = null, name = "webrtc_sessions" } = options;
  await asPerson(
    db,
    workspace.owner,
    (
      sql,
    ) => sql`select launch.set_measurement_source(${workspace.id}, ${name}, ${url}, 'sum(webrtc_sessions)',
      ${header?.[0] ?? null}, ${header?.[1] ?? null})`,
  );
}

async function state() {
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ last_at: Date | null; last_error: string | null }[]>`
      select last_at, last_error from launch.measurement_sources where workspace_id = ${workspace.id}`,
  );
  return row;
}

async function measured() {
  const rows = await db.owner<{ value: number }[]>`
    select value from launch.measurements where workspace_id = ${workspace.id} order by measured_at`;
  return rows.map(({ value }) => value);
}

describe("pulling from Prometheus", () => {
  test("LOAD-17 an instant query a minute becomes a measurement, is evaluated in the same run, and sends its header", async () => {
    await source({ url: `${base}/prometheus/`, header: ["Authorization", "Bearer a secret"] });
    answer = json(vector("10000"));
    expect(await play.next()).toBe(2);
    expect(asked).toEqual([
      { path: "/prometheus/api/v1/query?query=sum%28webrtc_sessions%29", authorization: "Bearer a secret" },
    ]);
    expect(await measured()).toEqual([10_000]);
    expect(await state()).toMatchObject({ last_error: null, last_at: expect.any(Date) });
    answer = json({ status: "success", data: { resultType: "scalar", result: [1, "42.5"] } });
    await play.next();
    expect(await measured()).toEqual([10_000, 42.5]);
  });

  const redirect: Answer = (_, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
  };
  test.each<[string, Answer, string]>([
    ["NaN", json(vector("NaN")), "the value is NaN"],
    ["an infinite value", json(vector("+Inf")), "the value is +Inf"],
    ["an empty result", json(vector()), "the query found nothing"],
    ["several series", json(vector("1", "2")), "the query gives 2 series; make it one, with sum() or max()"],
    [
      "a range",
      json({ status: "success", data: { resultType: "matrix", result: [] } }),
      "the query must give a number or one series",
    ],
    ["an error", json({ status: "error", error: "parse error" }, 400), "it answered 400: parse error"],
    ["a page", (_, response) => response.end("<html>"), "it answered 200"],
    ["a server's failure", (_, response) => response.writeHead(503).end(), "it answered 503"],
    ["a redirect", redirect, "it redirects, which is not followed"],
    ["a connection cut", (request) => request.socket.destroy(), "it can't be reached (ECONNRESET)"],
    ["too much", (_, response) => response.end(`"${"x".repeat(1_100_000)}"`), "it answered 200"],
  ])("LOAD-18 %s makes no measurement and is said on the source", async (_, given, problem) => {
    await source();
    answer = given;
    await play.next();
    expect(await measured()).toEqual([]);
    expect(await state()).toEqual({ last_at: null, last_error: problem });
    expect(await play.result()).toMatchObject({ outcome: "done", report: { unreachable: 1 } });
  });

  test("LOAD-18 a server that hangs is given up after 5 s and holds up neither the other sources nor the evaluation", async () => {
    await source();
    await source({ name: "payments_per_minute" });
    let first = true;
    answer = (request, response) => {
      if (first) first = false;
      else json(vector("13000"))(request, response);
    };
    expect(await play.next()).toBe(3);
    const rows = await db.owner<{ last_error: string | null }[]>`
      select last_error from launch.measurement_sources where workspace_id = ${workspace.id}`;
    expect(new Set(rows.map((row) => row.last_error))).toEqual(new Set(["no answer within 5 s", null]));
  });

  test("LOAD-18 a source that fails long enough makes its measurement stale, and its limit keeps its level", async () => {
    await source();
    answer = json(vector("10000"));
    await play.next();
    answer = json({}, 500);
    for (let minute = 0; minute < 6; minute += 1) expect(await play.next()).toBe(2);
    expect(await play.alerts()).toContain("load:webrtc_sessions:stale warning open");
  });
});

describe("what may be called", () => {
  test("LOAD-19 a source on a private address is called only where the operator has named its network, a metadata service never", async () => {
    const strict = await newPlay(db, workspace, []);
    answer = json(vector("1"));
    const refused = "This address is not on the public internet.";
    for (const [url, problem] of [
      [base, refused],
      ["https://[::ffff:10.0.0.1]", refused],
      ["https://2130706433", refused],
      ["http://169.254.169.254", refused],
      ["http://prometheus.example", "The address begins with https://."],
    ] as const) {
      await source({ url });
      await strict.next();
      expect(await state(), url).toEqual({ last_at: null, last_error: problem });
    }
    expect(asked).toEqual([]);
    play = await newPlay(db, workspace);
    await source({ url: "http://169.254.169.254" });
    await play.next();
    expect(await state()).toEqual({ last_at: null, last_error: refused });
    await source();
    await play.next();
    expect(await state()).toMatchObject({ last_error: null });
  });

  test("LOAD-20 a header's value is read by a run under way alone, goes to no other server, and ends with its source", async () => {
    await source({ header: ["Authorization", "Bearer a secret"] });
    const list = (run: string) =>
      db.service`select header_value from launch.list_measurement_sources(${workspace.id}, ${run})`;
    const [claimed] = await db.service<
      { run_id: string }[]
    >`select run_id from launch.claim_job_run('load-gate')`;
    expect(await list(workspace.id)).toHaveLength(0);
    expect([...(await list(claimed?.run_id ?? ""))]).toEqual([{ header_value: "Bearer a secret" }]);
    await db.service`select launch.finish_job_run(${claimed?.run_id ?? ""}, '{}', '{}', '{}', '{}')`;
    expect(await list(claimed?.run_id ?? "")).toHaveLength(0);
    await expect(
      source({ url: "https://elsewhere.example", header: ["Authorization", null] }),
    ).rejects.toMatchObject({ code: "GTINV" });
    await source({ header: ["Authorization", null] });
    answer = json(vector("1"));
    await play.next();
    expect(asked.at(-1)?.authorization).toBe("Bearer a secret");
    const column = asPerson(
      db,
      workspace.owner,
      (sql) => sql`select secret_id from launch.measurement_sources`,
    );
    await expect(column).rejects.toMatchObject({ code: "42501" });
    const secrets = async () =>
      (await db.owner<{ n: number }[]>`select count(*)::int as n from vault.secrets`)[0]?.n;
    const before = (await secrets()) ?? 0;
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.remove_measurement_source(${workspace.id}, 'webrtc_sessions')`,
    );
    expect(await secrets()).toBe(before - 1);
    const safety = await join(db, workspace, "safety");
    const attempt = asPerson(
      db,
      safety,
      (sql) =>
        sql`select launch.set_measurement_source(${workspace.id}, 'webrtc_sessions', 'https://a.example', 'up')`,
    );
    await expect(attempt).rejects.toMatchObject({ code: "GTROL" });
  });
});
