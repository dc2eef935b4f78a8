import { randomUUID } from "node:crypto";
import type { Finding } from "#simulate/promises.ts";
import type { World } from "#simulate/scenario.ts";
import { openFor, openTheatre, type Theatre } from "#simulate/theatre.ts";
import { findThreat, THREAT_WITHIN } from "#simulate/threats.ts";
import { inTime, seen } from "#simulate/watch.ts";
import type { Told } from "#simulate/watch-api.ts";

const COUNTRY = "SE";
// The default rule finds three accounts on one device.
const FARM = 3;
const HOUSEHOLD = 2;
const BLOCK_MINUTES = 10;

function accounts(device: string, count: number): Told[] {
  return Array.from({ length: count }, (_, i) => ({
    type: "registration.completed",
    subject: `${device}-account-${i + 1}`,
    data: { country: COUNTRY, device },
  }));
}

/** Three accounts on one device are a farm, two are a household. The fraud system's block is felt by the next check. */
export async function deviceFarm(world: World): Promise<Finding[]> {
  const theatre = await openTheatre(world, "A device farm of three accounts, and a household of two", [
    "launch.fraudShield",
  ]);
  await openFor(world, theatre, COUNTRY);
  const run = randomUUID().slice(0, 8);
  const [farm, household] = [`farm-${run}`, `home-${run}`];
  await theatre.api.report([...accounts(farm, FARM), ...accounts(household, HOUSEHOLD)]);
  const found = await findThreat(world, theatre, `device_farm:${farm}`);
  const others = (await theatre.api.openAlerts("threat")).filter(({ fingerprint }) =>
    fingerprint.includes(household),
  );
  return [
    inTime("a farm of three accounts is found", THREAT_WITHIN, found),
    seen(
      "its alert names the accounts",
      JSON.stringify(found.value?.evidence ?? {}).includes(`${farm}-account-1`),
      found.value?.title ?? "no alert",
    ),
    seen("a household of two is left alone", others.length === 0, `${others.length} alerts`),
    ...(await block(theatre, farm)),
  ];
}

async function block({ api, gate }: Theatre, device: string): Promise<Finding[]> {
  const ask = (on: string) => gate.check({ country: COUNTRY, operation: "user", device: on });
  const before = await ask(device);
  const until = new Date(Date.now() + BLOCK_MINUTES * 60_000).toISOString();
  await api.report([{ type: "blocklist.added", data: { kind: "device", value: device, until } }]);
  const [blocked, other] = await Promise.all([ask(device), ask(`${device}-neighbour`)]);
  return [
    seen(
      "a block of the outside fraud system is felt by the next check",
      before.allowed && blocked.reason === "blocked" && blocked.retry_after !== null,
      `${before.reason}, then ${blocked.reason}`,
    ),
    seen("other devices are let in", other.allowed, other.reason),
  ];
}
