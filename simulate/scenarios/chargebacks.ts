import { randomUUID } from "node:crypto";
import type { CountryCode } from "#lib/launch/country-codes.ts";
import type { Finding } from "#simulate/promises.ts";
import type { World } from "#simulate/scenario.ts";
import { openFor, openTheatre } from "#simulate/theatre.ts";
import { findThreat, THREAT_WITHIN, twoCountries } from "#simulate/threats.ts";
import { inTime, seen } from "#simulate/watch.ts";
import type { Told } from "#simulate/watch-api.ts";

const PAYMENTS = 200;
// The default rule: at least 1 % of an hour's payments, and at least 10.
const BURST = 10;

function payments(country: CountryCode, run: string, chargebacks: number): Told[] {
  const told = (type: Told["type"], count: number): Told[] =>
    Array.from({ length: count }, (_, i) => ({
      type,
      subject: `${run}-${country}-payer-${i + 1}`,
      data: { country, amount: { minor: 999, currency: "EUR" } },
    }));
  return [...told("purchase.completed", PAYMENTS), ...told("purchase.charged_back", chargebacks)];
}

/** Ten chargebacks of two hundred payments protect a country's payments, nine don't; everything else of the country goes on. */
export async function chargebacks(world: World): Promise<Finding[]> {
  const [burst, calm] = twoCountries(world);
  const theatre = await openTheatre(world, `10 chargebacks of 200 payments in ${burst}, and 9 in ${calm}`, [
    "launch.fraudShield",
  ]);
  for (const country of [burst, calm]) await openFor(world, theatre, country);
  const run = randomUUID().slice(0, 8);
  await theatre.api.report([...payments(burst, run, BURST), ...payments(calm, run, BURST - 1)]);
  const found = await findThreat(world, theatre, `chargeback_burst:${burst}`);
  const ask = (country: CountryCode, operation: string) => theatre.gate.check({ country, operation });
  const [payment, user, neighbour] = await Promise.all([
    ask(burst, "payment"),
    ask(burst, "user"),
    ask(calm, "payment"),
  ]);
  return [
    inTime("a burst of chargebacks is found", THREAT_WITHIN, found),
    seen("its alert is critical", found.value?.severity === "critical", found.value?.title ?? "no alert"),
    seen(
      "its payments are protected until a time",
      payment.reason === "blocked" && payment.retry_after !== null,
      `${payment.reason}, until ${payment.retry_after}`,
    ),
    seen("its registrations go on", user.allowed, user.reason),
    seen("a country with nine goes on", neighbour.allowed, neighbour.reason),
  ];
}
