import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import {
  hostOf,
  isAllowedAddress,
  isOwnAddress,
  type Networks,
  parseTarget,
  requirePublicShape,
  TargetRefused,
} from "./outbound-target.ts";

/** Resolves a name to all its addresses; `dns.lookup` unless a test says otherwise. */
export type Resolve = (host: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;

export const resolveAll: Resolve = (host, done) =>
  dnsLookup(host, { all: true, verbatim: true }, (error, found) => done(error, found ?? []));

/**
 * Looks a target's name up and hands out its addresses only when every one of them may be called: one bad address among several refuses them
 * all, and so does a resolver that fails. Given to the connection, so what was checked is what is connected to.
 */
export function guardedLookup(url: URL, networks: Networks, resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, found) => {
      const [first] = found;
      const refusal =
        error !== null || first === undefined
          ? new TargetRefused(`${host} could not be resolved.`)
          : refusalOf(url, found, networks);
      if (refusal !== null) return done(refusal, []);
      return options.all || first === undefined ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

function refusalOf(url: URL, found: LookupAddress[], networks: Networks): TargetRefused | null {
  if (!found.every(({ address }) => isAllowedAddress(address, networks))) {
    return new TargetRefused(`${hostOf(url)} is not on the public internet.`);
  }
  return found.every(({ address }) => isOwnAddress(address, networks)) ? null : publicShapeRefusal(url);
}

function publicShapeRefusal(url: URL): TargetRefused | null {
  try {
    requirePublicShape(url);
    return null;
  } catch (error) {
    if (error instanceof TargetRefused) return error;
    throw error;
  }
}

/**
 * Checks a target before it is saved: its shape, and the addresses it has now. Throws TargetRefused, also when its name can't be resolved.
 * Each connection checks again, because a name may change its mind.
 */
export async function checkTarget(
  address: string,
  networks: Networks,
  resolve: Resolve = resolveAll,
): Promise<void> {
  const url = parseTarget(address, networks);
  await new Promise<void>((settle, reject) => {
    guardedLookup(url, networks, resolve)(hostOf(url), { all: true }, (error) => {
      if (error === null) settle();
      else reject(error);
    });
  });
}
