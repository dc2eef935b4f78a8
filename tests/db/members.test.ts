import { createHash, randomBytes, randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NewWorkspace, RESERVED_SLUGS } from "#lib/workspace/schema.ts";
import { ROLES, type Role } from "#lib/workspace/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newPerson, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
});

const days = (count: number) => new Date(Date.parse(NOON) + count * 86_400_000).toISOString();
const digest = (token: string) => createHash("sha256").update(token).digest();

async function roles(): Promise<Record<string, Role>> {
  const rows = await db.owner`select user_id, role from app.members where workspace_id = ${w.id}`;
  return Object.fromEntries(rows.map((row) => [row.user_id, row.role]));
}

async function invite(email: string, role: string = "viewer", by: Person = w.owner) {
  const [id, token] = [randomUUID(), randomBytes(16).toString("hex")];
  await asPerson(
    db,
    by,
    (sql) => sql`select app.invite_member(${w.id}, ${id}, ${email}, ${role}, ${digest(token)})`,
  );
  return { id, token };
}

async function accept(person: Person, token: string) {
  const [row] = await asPerson(
    db,
    person,
    (sql) => sql`select app.accept_invitation(${digest(token)}) as slug`,
  );
  return row?.slug;
}

async function peek(token: string) {
  const [row] = await db.service`select * from app.peek_invitation(${digest(token)})`;
  return row?.state;
}

const change = (who: Person, role: string, by: Person = w.owner) =>
  asPerson(db, by, (sql) => sql`select app.change_member_role(${w.id}, ${who.id}, ${role})`);
const remove = (who: Person, by: Person = w.owner) =>
  asPerson(db, by, (sql) => sql`select app.remove_member(${w.id}, ${who.id})`);

describe("an invitation", () => {
  test("MEM-01 makes the invited person a member in the invited role, once", async () => {
    const { token } = await invite("New@Gantry.local", "safety");
    const person = await newPerson(db, "new@gantry.local");
    expect(await peek(token)).toBe("open");
    expect(await accept(person, token)).toBe(w.slug);
    expect((await roles())[person.id]).toBe("safety");
    expect(await peek(token)).toBe("accepted");
    await expect(accept(person, token)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("MEM-01 accepted twice at once is accepted once", async () => {
    const person = await newPerson(db);
    const { token } = await invite(person.email);
    const outcomes = await Promise.allSettled([accept(person, token), accept(person, token)]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("MEM-02 is of no use to another address, and stays open for the right one", async () => {
    const invited = await newPerson(db);
    const { token } = await invite(invited.email);
    const other = await newPerson(db);
    await expect(accept(other, token)).rejects.toMatchObject({ code: "GTROL" });
    expect(await roles()).toEqual({ [w.owner.id]: "owner" });
    expect(await accept(invited, token)).toBe(w.slug);
  });

  test("MEM-03 stops working when it is revoked, replaced or seven days old", async () => {
    const [a, b, c] = [await newPerson(db), await newPerson(db), await newPerson(db)];
    const revoked = await invite(a.email);
    await asPerson(db, w.owner, (sql) => sql`select app.revoke_invitation(${w.id}, ${revoked.id})`);
    const replaced = await invite(b.email);
    await invite(b.email, "admin");
    const old = await invite(c.email);
    await setClock(db, days(7));
    expect(await Promise.all([revoked, replaced, old].map(({ token }) => peek(token)))).toEqual([
      "revoked",
      "revoked",
      "expired",
    ]);
    for (const [person, { token }] of [
      [a, revoked],
      [b, replaced],
      [c, old],
    ] as const) {
      await expect(accept(person, token)).rejects.toMatchObject({ code: "GTNIL" });
    }
    await expect(
      asPerson(db, w.owner, (sql) => sql`select app.revoke_invitation(${w.id}, ${revoked.id})`),
    ).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("MEM-04 to a member, for no role, for the role of a key or by somebody without the right is refused", async () => {
    const member = await join(db, w, "viewer");
    await expect(invite(member.email.toUpperCase())).rejects.toMatchObject({ code: "GTDUP" });
    for (const role of ["api_key", "boss", ""]) {
      await expect(invite("x@gantry.local", role)).rejects.toMatchObject({ code: "GTINV" });
    }
    for (const address of ["", "nobody", "@x"])
      await expect(invite(address)).rejects.toMatchObject({ code: "23514" });
    for (const role of ["marketing", "safety", "viewer"] as const) {
      await expect(invite("x@gantry.local", "viewer", await join(db, w, role))).rejects.toMatchObject({
        code: "GTROL",
      });
    }
  });

  test("MEM-04 sent twice at once to one address leaves one open", async () => {
    await Promise.all([invite("twice@gantry.local"), invite("twice@gantry.local")]);
    const [open] = await db.owner`
      select count(*)::int as n from app.invitations where workspace_id = ${w.id} and revoked_at is null`;
    expect(open).toEqual({ n: 1 });
  });

  test("MEM-05 queues its e-mail in the same transaction, without the link's secret", async () => {
    const { id, token } = await invite("mail@gantry.local", "admin");
    const [message] = await db.owner`select topic, payload from app.outbox where workspace_id = ${w.id}`;
    expect(message).toMatchObject({
      topic: "email.invitation",
      payload: { invitation_id: id, email: "mail@gantry.local" },
    });
    expect(JSON.stringify(message)).not.toContain(token);
    await expect(invite("", "admin")).rejects.toThrow();
    const [queued] = await db.owner`select count(*)::int as n from app.outbox where workspace_id = ${w.id}`;
    expect(queued).toEqual({ n: 1 });
  });
});

describe("a role", () => {
  test("MEM-06 is changed by owners and admins, and only owners make or unmake owners", async () => {
    const [admin, viewer, owner] = [
      await join(db, w, "admin"),
      await join(db, w, "viewer"),
      await join(db, w, "owner"),
    ];
    await change(viewer, "safety", admin);
    expect((await roles())[viewer.id]).toBe("safety");
    await expect(change(viewer, "owner", admin)).rejects.toMatchObject({ code: "GTROL" });
    await expect(change(owner, "viewer", admin)).rejects.toMatchObject({ code: "GTROL" });
    await expect(remove(owner, admin)).rejects.toMatchObject({ code: "GTROL" });
    await expect(invite("x@gantry.local", "owner", admin)).rejects.toMatchObject({ code: "GTROL" });
    await expect(change(admin, "owner", viewer)).rejects.toMatchObject({ code: "GTROL" });
    await change(viewer, "owner", owner);
    expect((await roles())[viewer.id]).toBe("owner");
  });

  test("MEM-06 that does not exist, or of somebody who is no member, is refused", async () => {
    const viewer = await join(db, w, "viewer");
    for (const role of ["api_key", "boss", ""])
      await expect(change(viewer, role)).rejects.toMatchObject({ code: "GTINV" });
    await expect(change(await newPerson(db), "viewer")).rejects.toMatchObject({ code: "GTNIL" });
    await expect(change(viewer, "admin", (await newWorkspace(db)).owner)).rejects.toMatchObject({
      code: "GTNIL",
    });
  });

  test("MEM-07 lost by removal is lost with the next statement", async () => {
    const admin = await join(db, w, "admin");
    await change(admin, "viewer");
    await expect(change(w.owner, "viewer", admin)).rejects.toMatchObject({ code: "GTROL" });
    await remove(admin);
    await expect(change(w.owner, "viewer", admin)).rejects.toMatchObject({ code: "GTNIL" });
    expect(await asPerson(db, admin, (sql) => sql`select id from app.workspaces`)).toEqual([]);
  });

  test.each(ROLES)("MEM-08 a member with role %s may leave, unless no owner would remain", async (role) => {
    const member = await join(db, w, role);
    await remove(member, member);
    expect(await roles()).toEqual({ [w.owner.id]: "owner" });
    await expect(remove(w.owner, w.owner)).rejects.toMatchObject({ code: "GTOWN" });
    await expect(change(w.owner, "admin", w.owner)).rejects.toMatchObject({ code: "GTOWN" });
  });

  test.each([
    ["leave", (who: Person) => remove(who, who)],
    ["step down", (who: Person) => change(who, "viewer", who)],
  ])("MEM-09 of two owners who %s at once, one remains", async (_what, go) => {
    const second = await join(db, w, "owner");
    for (let round = 0; round < 5; round++) {
      await db.owner`insert into app.members (workspace_id, user_id, role) values (${w.id}, ${second.id}, 'owner'), (${w.id}, ${w.owner.id}, 'owner')
        on conflict (workspace_id, user_id) do update set role = 'owner'`;
      const outcomes = await Promise.allSettled([go(second), go(w.owner)]);
      const lost = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(lost.map((outcome) => outcome.reason.code)).toEqual(["GTOWN"]);
      expect(Object.values(await roles()).filter((role) => role === "owner")).toHaveLength(1);
    }
  });
});

describe("a workspace", () => {
  test("MEM-10 is owned by whoever makes it; a taken or odd address, or nobody signed in, makes none", async () => {
    expect(await roles()).toEqual({ [w.owner.id]: "owner" });
    const make = (slug: string, by: Person = w.owner) =>
      asPerson(db, by, (sql) => sql`select app.create_workspace('Test', ${slug}, 'production')`);
    await expect(make(w.slug)).rejects.toMatchObject({ code: "GTDUP" });
    for (const slug of ["", "a", "UPPER", "a b", "-a", "a--b", "x".repeat(60)]) {
      await expect(make(slug), slug).rejects.toMatchObject({ code: "23514" });
    }
    await expect(
      db.owner`select app.create_workspace('Test', 'nobodys', 'production')`,
    ).rejects.toMatchObject({ code: "GTKEY" });
  });

  test("MEM-11 has no address that is a path of the site: the form refuses it, and so does the database", async () => {
    const make = (slug: string) =>
      asPerson(db, w.owner, (sql) => sql`select app.create_workspace('Test', ${slug}, 'production')`);
    for (const slug of RESERVED_SLUGS) {
      await expect(make(slug), slug).rejects.toMatchObject({
        code: "23514",
        constraint_name: "slug_is_no_path_of_the_site",
      });
      expect(NewWorkspace.safeParse({ name: "Test", slug, environment: "production" }).success, slug).toBe(
        false,
      );
    }
    const folders = globSync("app/{,(*)/}*/").map((folder) => basename(folder));
    const paths = folders.filter((name) => /^[a-z]/.test(name));
    expect(paths.length).toBeGreaterThan(8);
    expect(RESERVED_SLUGS).toEqual(expect.arrayContaining(paths));
    await make(`${RESERVED_SLUGS[0]}-${randomUUID().slice(0, 8)}`);
  });

  test("MEM-10 is changed by owners and admins only", async () => {
    const rename = (by: Person) =>
      asPerson(db, by, (sql) => sql`select app.change_workspace(${w.id}, 'Renamed', false, 'why')`);
    for (const role of ROLES) {
      const attempt = rename(await join(db, w, role));
      if (role === "owner" || role === "admin") await attempt;
      else await expect(attempt).rejects.toMatchObject({ code: "GTROL" });
    }
  });
});
