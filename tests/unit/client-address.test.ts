import { beforeEach, expect, test, vi } from "vitest";

/** What clientAddress says in a process with so many trusted proxies; settings are read once a process. */
async function behind(proxies: string | undefined) {
  vi.resetModules();
  vi.stubEnv("GANTRY_TRUSTED_PROXIES", proxies);
  const { clientAddress } = await import("#lib/client-address.ts");
  return (forwarded: string | null, more: Record<string, string> = {}) =>
    clientAddress(new Headers({ ...more, ...(forwarded === null ? {} : { "x-forwarded-for": forwarded }) }));
}

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  return () => vi.unstubAllEnvs();
});

test("LINK-31 unless proxies are configured no address is believed, whatever a request says", async () => {
  const address = await behind(undefined);
  expect(address("192.0.2.7")).toBeNull();
  expect(address(null, { "cf-connecting-ip": "192.0.2.7", "x-real-ip": "192.0.2.7" })).toBeNull();
});

test("LINK-32 of as many proxies as are configured the first one's word counts; what stands before it and other headers don't", async () => {
  const forged = { "cf-connecting-ip": "203.0.113.1", "x-real-ip": "203.0.113.2" };
  const behindOne = await behind("1");
  expect(behindOne("203.0.113.9, 192.0.2.7", forged)).toBe("192.0.2.7");
  expect(behindOne("192.0.2.7")).toBe("192.0.2.7");
  expect(behindOne(null, forged)).toBeNull();
  expect(behindOne(" , ")).toBeNull();
  const behindTwo = await behind("2");
  expect(behindTwo("203.0.113.9, 192.0.2.7, 198.51.100.1", forged)).toBe("192.0.2.7");
  expect(behindTwo("192.0.2.7, 198.51.100.1")).toBe("192.0.2.7");
  // It came past a proxy: nobody trusted says from where.
  expect(behindTwo("192.0.2.7")).toBeNull();
});

test("LINK-33 a port is no part of an address, and what is too long is cut", async () => {
  const address = await behind("1");
  expect(address("192.0.2.7:51234")).toBe("192.0.2.7");
  expect(address("[2001:db8::1]:443")).toBe("2001:db8::1");
  expect(address("2001:db8::1")).toBe("2001:db8::1");
  expect(address("x".repeat(4000))).toHaveLength(45);
});
