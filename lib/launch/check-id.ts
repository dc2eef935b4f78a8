import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const ID_BYTES = 16;
const POOL = 256;

// Drawn for many ids at once: a draw for each costs more than all the rest of an id.
const random = Buffer.alloc(ID_BYTES * POOL);
let used = POOL;
let milliseconds = 0;
let sequence = 0;

/** A new id of version 7. Ids rise within a process, also when the clock steps back. */
export function newCheckId(): string {
  if (used === POOL) {
    randomFillSync(random);
    used = 0;
  }
  const drawn = random.subarray(ID_BYTES * used, ID_BYTES * (used + 1));
  used += 1;
  const now = Date.now();
  sequence = now > milliseconds ? drawn.readUInt32BE(0) >>> 1 : sequence + 1;
  milliseconds = Math.max(now, milliseconds);
  return v7({ random: drawn, msecs: milliseconds, seq: sequence });
}
