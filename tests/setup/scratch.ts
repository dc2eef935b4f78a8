import { statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";

const MEMORY = "/dev/shm";
const ENOUGH = 4 * 1024 ** 3;

/**
 * Where a run of tests writes what it throws away: TMPDIR when that is set; else Linux's folder in memory when it and the machine have 4 GiB
 * free, because hundreds of databases are made and dropped, which costs a disk twenty times as much; else where temporary files go.
 */
export function scratchFolder(): string {
  if (process.env.TMPDIR) return process.env.TMPDIR;
  return freemem() > ENOUGH && freeIn(MEMORY) > ENOUGH ? MEMORY : tmpdir();
}

function freeIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
