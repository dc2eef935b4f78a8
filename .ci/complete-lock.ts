import { readFileSync, writeFileSync } from "node:fs";

// npm leaves out of package-lock.json every optional package that its registry doesn't have that day, and `npm ci` then refuses
// the lock. Run `node .ci/complete-lock.ts` after an install that did so: it enters them by name, version and platform, so that
// machines of that platform fetch them and the others pass them by.

type Package = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};

const FILE = "package-lock.json";
const SYSTEMS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

const lock = JSON.parse(readFileSync(FILE, "utf8")) as { packages: Record<string, Package> };
const added: string[] = [];
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const entry = isLocked(path, name) ? null : platformPackage(name, version, parent);
    if (entry === null) continue;
    lock.packages[`node_modules/${name}`] = entry;
    added.push(name);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? `${FILE} is complete.` : `Entered into ${FILE}:\n${added.join("\n")}`);

/** Whether a package required from `path` is found in its own node_modules or in one further up. */
function isLocked(path: string, name: string): boolean {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (lock.packages[`${at}/node_modules/${name}`] !== undefined) return true;
  }
  return lock.packages[`node_modules/${name}`] !== undefined;
}

/** The entry of a package that is one platform's build of its parent, told by its name; null for any other. */
function platformPackage(name: string, version: string, parent: Package): Package | null {
  const words = name.slice(name.indexOf("/") + 1).split("-");
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word));
  if (system === undefined || processor === undefined || !/^\d/.test(version)) return null;
  const isMusl = words.some((word) => word.startsWith("musl"));
  const isGlibc = words.some((word) => word.startsWith("gnu") || word === "glibc");
  return {
    version,
    cpu: [processor],
    ...(parent.dev === true && { dev: true }),
    ...(system === "linux" && (isMusl || isGlibc) && { libc: [isMusl ? "musl" : "glibc"] }),
    optional: true,
    os: [system],
  };
}
