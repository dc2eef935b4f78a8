import { z } from "zod";
import type { BlockFilter } from "#lib/threats/blocks.ts";
import { BLOCK_KINDS } from "#lib/threats/vocabulary.ts";

const Query = z.object({
  kind: z.enum(BLOCK_KINDS).optional().catch(undefined),
  show: z.enum(["in_force", "all"]).catch("in_force"),
  search: z.string().trim().min(1).max(200).optional().catch(undefined),
  cursor: z.uuid().optional().catch(undefined),
});

export type BlockView = z.infer<typeof Query>;
export type RawQuery = Record<string, string | string[] | undefined>;

/** Reads the page's address. What makes no sense is left out; without `show` it is what is in force. */
export function blockView(query: RawQuery): BlockView {
  return Query.parse(query);
}

/** What to ask the database for a view. */
export function blockFilter({ kind, show, search }: BlockView): BlockFilter {
  return {
    all: show === "all",
    ...(kind !== undefined && { kind }),
    ...(search !== undefined && { search: search.replaceAll("\0", "") }),
  };
}
/** An address of this page: the view with these differences. `undefined` takes a part away. */
export function blockHref(
  path: string,
  view: BlockView,
  change: { [K in keyof BlockView]?: BlockView[K] | undefined } & { format?: "csv" | "json" } = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, ...change })) {
    if (value !== undefined && !(name === "show" && value === "in_force")) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
