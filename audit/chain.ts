import { createHash } from "node:crypto";

/** One entry as a verifier needs it: where it stands, what its hash is said to be, and the text the hash is taken over. */
export interface Link {
  sequence: number;
  /** Hexadecimal; empty for the first entry. */
  previousHash: string;
  hash: string;
  text: string;
  /** Set when the entry's own columns say something else than its text. */
  contradiction?: string;
}

export interface Head {
  sequence: number;
  hash: string;
}

/** What a walk along a chain found. */
export interface Finding {
  /** How many entries held. */
  checked: number;
  /** The last entry that held; sequence 0 and an empty hash before the first. */
  head: Head;
  /** The first entry that doesn't hold, and why; null when all do. */
  bad: { sequence: number; problem: string } | null;
}

/** SHA-256 of the previous hash's bytes followed by the text in UTF-8, in hexadecimal. */
function hashOf(previousHash: string, text: string): string {
  return createHash("sha256").update(Buffer.from(previousHash, "hex")).update(text, "utf8").digest("hex");
}

export interface Expectations {
  /** What the database or export itself calls the newest entry. */
  head: Head | null;
  /** A head somebody kept elsewhere: it must still be an entry of this chain. */
  kept: Head | null;
  /** false: entries are left out on purpose, so a gap is no fault. */
  complete: boolean;
}

function faultOf(link: Link, last: Head): string | null {
  if (link.sequence <= last.sequence)
    return `stands after entry ${last.sequence}: entries were reordered or repeated`;
  const follows = link.sequence === last.sequence + 1;
  if (follows && link.previousHash !== last.hash) {
    return `doesn't carry the hash of entry ${last.sequence}: one of the two was altered, or entries were reordered`;
  }
  if (link.contradiction !== undefined) return link.contradiction;
  if (link.hash !== hashOf(link.previousHash, link.text))
    return "was altered: its hash isn't that of its text";
  return null;
}

function endFault(last: Head, { head, kept, complete }: Expectations): Finding["bad"] {
  if (complete && head !== null) {
    if (head.sequence > last.sequence)
      return { sequence: last.sequence + 1, problem: "is missing: the end was cut off" };
    if (head.sequence < last.sequence)
      return { sequence: head.sequence + 1, problem: "lies past the head: it was added" };
    if (head.hash !== last.hash)
      return { sequence: last.sequence, problem: "isn't the head's: it was rewritten" };
  }
  if (kept !== null && kept.sequence > last.sequence) {
    return {
      sequence: last.sequence + 1,
      problem: `is missing: the chain once reached entry ${kept.sequence}`,
    };
  }
  return null;
}

/** Walks a chain in order and stops at the first entry that doesn't hold. Keeps no entries. */
export async function walkChain(
  links: AsyncIterable<Link> | Iterable<Link>,
  expected: Expectations,
): Promise<Finding> {
  let last: Head = { sequence: 0, hash: "" };
  let checked = 0;
  for await (const link of links) {
    const { sequence, hash } = link;
    if (expected.complete && sequence > last.sequence + 1) {
      return { checked, head: last, bad: { sequence: last.sequence + 1, problem: "was removed" } };
    }
    const problem = faultOf(link, last);
    if (problem !== null) return { checked, head: last, bad: { sequence, problem } };
    if (expected.kept?.sequence === sequence && expected.kept.hash !== hash) {
      return {
        checked,
        head: last,
        bad: { sequence, problem: "isn't the one that was kept: the chain was rewritten" },
      };
    }
    last = { sequence, hash };
    checked += 1;
  }
  return { checked, head: last, bad: endFault(last, expected) };
}
