import ipaddr from "ipaddr.js";

/** Where Gantry may call besides the public internet. */
export interface Networks {
  /** CIDR blocks of the operator's own network, from GANTRY_PRIVATE_TARGETS. Inside them any port and plain http are fine. */
  own: readonly string[];
  /** Hosts, with their port unless it is the usual one, that are Gantry itself and are never called. */
  ownHosts?: readonly string[];
}

/** A target that must not be called. The message says why, in a sentence for people. */
export class TargetRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TargetRefused";
  }
}

const LONGEST = 2000;
const PORTS = new Set(["", "443", "8443"]);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Reads GANTRY_PRIVATE_TARGETS: CIDR blocks with commas between them. Throws, naming the block that is none. */
export function readNetworks(blocks: string | undefined): string[] {
  const own = (blocks ?? "").split(",").flatMap((block) => block.trim() || []);
  for (const block of own) {
    if (!ipaddr.isValidCIDR(block)) throw new Error(`GANTRY_PRIVATE_TARGETS: ${block} is no CIDR block`);
  }
  return own;
}

const isIp = (host: string): boolean => ipaddr.isValid(host);

function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return isIp(address) ? ipaddr.parse(address) : null;
}

function isIn(parsed: ipaddr.IPv4 | ipaddr.IPv6, blocks: readonly string[]): boolean {
  return blocks.some((block) => {
    const [network, bits] = ipaddr.parseCIDR(block);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

/** Whether an address is one of the operator's own. */
export function isOwnAddress(address: string, { own }: Networks): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && isIn(parsed, own);
}

/**
 * Whether an address may be called: a public one, or one of the operator's own. Whatever carries an IPv4 address inside an IPv6 one
 * (mapped, NAT64, 6to4, Teredo) is no public address.
 */
export function isAllowedAddress(address: string, networks: Networks): boolean {
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  if (isIn(parsed, networks.own)) return true;
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(...GLOBAL_UNICAST);
}

/** The host of an address as it is looked up: without the brackets of IPv6 and a last dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function readUrl(address: string): URL {
  const isWeb = /^https?:\/\//i.test(address.trim()) && address.length <= LONGEST;
  if (!isWeb || !URL.canParse(address)) {
    throw new TargetRefused("This is no web address. It begins with https://.");
  }
  return new URL(address);
}

/**
 * Reads the address of a target: https on port 443 or 8443, without a user name, and no address that may not be called. Throws
 * TargetRefused. A name is judged when it is resolved, at each connection.
 */
export function parseTarget(address: string, networks: Networks): URL {
  const url = readUrl(address);
  const host = hostOf(url);
  if (url.username !== "" || url.password !== "") {
    throw new TargetRefused("The address must not carry a user name or a password.");
  }
  if (networks.ownHosts?.includes(url.port === "" ? host : `${host}:${url.port}`))
    throw new TargetRefused("This is Gantry's own address.");
  if (isIp(host) && !isAllowedAddress(host, networks)) {
    throw new TargetRefused("This address is not on the public internet.");
  }
  if (isIp(host) ? !isOwnAddress(host, networks) : networks.own.length === 0) requirePublicShape(url);
  return url;
}

/** What a target on the public internet looks like. Throws TargetRefused. */
export function requirePublicShape(url: URL): void {
  if (url.protocol !== "https:") throw new TargetRefused("The address begins with https://.");
  if (!PORTS.has(url.port)) throw new TargetRefused("The port is 443 or 8443.");
}
