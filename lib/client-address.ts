import { dataEnv } from "#lib/env.ts";

const BRACKETED = /^\[([^\]]+)\](?::\d+)?$/;
const WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/**
 * The address a request came from, or null when nobody trusted says so. Each proxy writes whom it heard from at the end of `X-Forwarded-For`, so
 * of as many proxies as are configured the first one's word counts; what stands before it the client wrote itself. Other headers count for nothing.
 */
export function clientAddress(headers: Headers): string | null {
  const { GANTRY_TRUSTED_PROXIES: proxies } = dataEnv();
  if (proxies === 0) return null;
  const named = headers.get("x-forwarded-for")?.split(",").at(-proxies)?.trim() ?? "";
  const address = (BRACKETED.exec(named) ?? WITH_PORT.exec(named))?.[1] ?? named;
  return address === "" ? null : address.slice(0, 45);
}
