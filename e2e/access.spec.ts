import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ACTIONS, type ActionRow, type Facts } from "#tests/access/actions.ts";
import { PAGES } from "#tests/access/pages.ts";
import { PASSWORD } from "./accounts.ts";
import { at } from "./at.ts";
import { expect, signIn, test } from "./fixtures.ts";
import { everythingOf, type Identity, type Stage, setStage } from "./identities.ts";

// One stage for all of them.
test.describe.configure({ mode: "default" });

const CLOSED = "Your role doesn&#x27;t open this page";
/** Headers with which a request once got past Next's middleware, CVE-2025-29927. */
const SUBREQUEST = { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" };

let stage: Stage;
test.beforeAll(async () => {
  stage = await setStage();
});
test.afterAll(() => stage.close());

const cookieOf = ({ cookie }: Identity) => (cookie === undefined ? {} : { cookie });
/** Of what has an id there is none with this one. */
const ABSENT = "00000000-0000-7000-8000-000000000000";
const pathOf = (address: string) =>
  address
    .replace("[workspace]", stage.slug)
    .replace("[code]", "PL")
    .replace("[id]", ABSENT)
    .replace("[file]", "package.pdf");

/** Whether a page or route let somebody in, and how it turned them away. */
async function visit(address: string, headers: Record<string, string>): Promise<string> {
  const leaving = new AbortController();
  const response = await fetch(at.E2E_SITE + pathOf(address), {
    headers,
    redirect: "manual",
    signal: leaving.signal,
  });
  const { status } = response;
  if (status === 307 && response.headers.get("location")?.includes("/sign-in?next=")) return "sign in";
  if (status !== 200) return String(status);
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    leaving.abort();
    return "in";
  }
  return (await response.text()).includes(CLOSED) ? "closed" : "in";
}

function answersTo(address: string, { name, permissions }: Identity): string[] {
  const access = PAGES[address];
  if (name === "nobody") return address.endsWith("/live") ? ["401"] : ["sign in"];
  if (access === "person") return ["in"];
  if (permissions === null) return ["404"];
  const isLetIn =
    access === "member" || (Array.isArray(access) && access.some((one) => permissions.has(one)));
  if (!isLetIn) return ["closed", "403"];
  return [address.includes("[id]") ? "404" : "in"];
}

for (const [address, access] of Object.entries(PAGES)) {
  if (access === "everybody" || access === "key") continue;
  test(`ACCESS-02 ${address} lets in whom it should and nobody else`, async () => {
    for (const identity of stage.identities) {
      expect(answersTo(address, identity), identity.name).toContain(await visit(address, cookieOf(identity)));
    }
    const [nobody] = stage.identities;
    if (nobody !== undefined) expect(answersTo(address, nobody)).toContain(await visit(address, SUBREQUEST));
  });
}

/** The build's own list of what can be called by POST. */
const MANIFEST: {
  node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
} = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
const called = new Map(
  Object.entries(MANIFEST.node).map(([id, { filename, exportedName, workers }]) => [
    `${filename} ${exportedName}`,
    { id, page: Object.keys(workers)[0] ?? "" },
  ]),
);

async function facts(): Promise<Facts> {
  const { sql, id } = stage;
  const versions = await sql<{ code: string; policy_version: number }[]>`
    select code, policy_version from launch.countries where workspace_id = ${id}`;
  const [row] = await sql<{ flag: number; key: string; invitation: string; member: string }[]>`
    select (select f.version from app.flags f where f.workspace_id = ${id} and f.key = 'launch.countryCaps') as flag,
      (select k.id from app.api_keys k where k.workspace_id = ${id} and k.revoked_at is null order by k.id limit 1) as key,
      (select i.id from app.invitations i where i.workspace_id = ${id} order by i.id limit 1) as invitation,
      ${stage.spareId}::uuid as member`;
  return {
    version: (code) => versions.find((one) => one.code === code)?.policy_version ?? 0,
    flagVersion: row?.flag ?? 0,
    keyId: row?.key ?? "",
    invitationId: row?.invitation ?? "",
    memberId: row?.member ?? "",
  };
}

/** Calls a server action as a browser does, and says how it went. */
async function call(name: string, row: ActionRow, headers: Record<string, string>): Promise<string> {
  const action = called.get(name);
  if (action === undefined) throw new Error(`the build has no ${name}`);
  const page = action.page
    .replace(/^app/, "")
    .replace(/\/page$/, "")
    .replaceAll(/\/\([^/]+\)/g, "");
  const input = row.input?.(await facts()) ?? {};
  const bound = action.page.includes("[workspace]") ? [stage.slug] : [];
  const response = await fetch(at.E2E_SITE + pathOf(page).replace("[token]", "none"), {
    method: "POST",
    redirect: "manual",
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
      ...headers,
    },
    body: JSON.stringify([...bound, {}, input]),
  });
  const redirect = response.headers.get("x-action-redirect") ?? response.headers.get("location") ?? "";
  if (redirect.startsWith("/sign-in") || redirect.includes("/sign-in?")) return "sign in";
  const text = await response.text();
  const code = /"serverError":\{"code":"(\w+)"/.exec(text)?.[1];
  if (code !== undefined) return code;
  if (text.includes('"validationErrors"')) return text;
  return response.status < 400 ? "done" : String(response.status);
}

const sameSite = () => ({ origin: at.E2E_SITE });
const refusalOf = ({ name, permissions }: Identity) =>
  name === "nobody" ? "sign in" : permissions === null ? "404" : "forbidden";

function mayCall({ needs }: ActionRow, { name, permissions }: Identity): boolean {
  if (needs === "person") return name !== "nobody";
  return permissions !== null && (needs === "member" || permissions.has(needs));
}

test.describe("actions", () => {
  // In an order in which each can succeed; when one fails, all are tried again on a new stage.
  test.describe.configure({ mode: "serial" });
  for (const [name, row] of Object.entries(ACTIONS)) {
    if (row.needs === "everybody") continue;
    test(`ACCESS-03 ${name.replace(/^app\//, "")} is refused to whom it should be, changes nothing then, and is done for the least who may`, async () => {
      const before = await everythingOf(stage);
      for (const identity of stage.identities.filter((one) => !mayCall(row, one))) {
        const headers = { ...cookieOf(identity), ...sameSite() };
        expect(await call(name, row, headers), identity.name).toBe(refusalOf(identity));
      }
      expect(await call(name, row, { ...SUBREQUEST, ...sameSite() })).toBe("sign in");
      const least = stage.identities.find((one) => mayCall(row, one));
      if (least === undefined) throw new Error(`nobody may call ${name}`);
      await call(name, row, cookieOf(least));
      await call(name, row, { ...cookieOf(least), origin: "https://evil.example" });
      expect(await everythingOf(stage)).toBe(before);
      expect(await call(name, row, { ...cookieOf(least), ...sameSite() }), least.name).toBe(
        row.code ?? "done",
      );
    });
  }
});

test("ACCESS-04 sign-in's own actions answer no page of another site, and no request that names none", async () => {
  const open = Object.entries(ACTIONS).filter(([, row]) => row.needs === "everybody");
  for (const [name, row] of open) {
    // An action that answers with data says forbidden; the others have only the refusal itself.
    expect(await call(name, row, {}), name).toMatch(/^(?:500|forbidden)$/);
    expect(await call(name, row, { origin: "https://evil.example" }), name).toMatch(/^(?:500|forbidden)$/);
  }
});

test("ACCESS-05 every answer says how a browser may treat it, and no other site may read it", async ({
  page,
}) => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(at.E2E_SITE + path, {
      redirect: "manual",
      headers: { origin: "https://evil.example", ...headers },
    });
  for (const path of [
    "/",
    "/sign-in",
    "/docs",
    "/api/health",
    "/api/v1/openapi.json",
    "/api/v1/flags",
    "/ofrep/v1/evaluate/flags/x",
  ]) {
    const { headers, status } = await get(path);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBe("same-origin");
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("access-control-allow-origin"), path).toBeNull();
    expect(headers.get("x-powered-by"), path).toBeNull();
    const isForEverybody = path === "/api/v1/openapi.json";
    // A method that a route doesn't have is refused without a body to keep.
    if (status !== 405)
      expect(headers.get("cache-control"), path).toContain(isForEverybody ? "public" : "no-store");
  }
  const policy = async () => (await get("/sign-in")).headers.get("content-security-policy") ?? "";
  expect(await policy()).toMatch(
    /script-src 'self' 'nonce-\w{32}' 'strict-dynamic';.*object-src 'none'; base-uri 'none'/,
  );
  expect(await policy()).not.toBe(await policy());
  expect((await get("/", { "x-forwarded-proto": "https" })).headers.get("strict-transport-security")).toBe(
    "max-age=63072000; includeSubDomains",
  );
  for (const path of ["/.git/config", "/package.json", "/.env", "/lib/env.ts"]) {
    expect((await get(path)).status, path).toBeGreaterThanOrEqual(300);
  }
  await signIn(page, at.E2E_EMAIL, at.E2E_PASSWORD);
  const session = (await page.context().cookies()).filter(({ name }) => name.startsWith("sb-"));
  expect(session.length).toBeGreaterThan(0);
  for (const { name, httpOnly, sameSite } of session)
    expect({ name, httpOnly, sameSite }).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("ACCESS-06 no log holds a key, a password or a session", async () => {
  const sessions = stage.identities.flatMap(({ cookie = "" }) =>
    cookie.split("; ").map((one) => one.split("=")[1] ?? ""),
  );
  const secrets = [at.E2E_KEY, at.E2E_PASSWORD, PASSWORD, ...sessions].filter((secret) => secret.length > 8);
  await fetch(`${at.E2E_GATE}/api/v1/cap-checks`, {
    method: "POST",
    headers: { authorization: `Bearer ${at.E2E_KEY}`, "content-type": "application/json" },
    body: "{",
  });
  const logs = readdirSync(at.E2E_LOGS).map((file) => readFileSync(join(at.E2E_LOGS, file), "utf8"));
  expect(logs.length).toBeGreaterThan(3);
  expect(secrets.length).toBeGreaterThan(stage.identities.length);
  for (const secret of secrets) expect(logs.filter((log) => log.includes(secret.slice(0, 40)))).toEqual([]);
});
