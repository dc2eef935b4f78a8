import { z } from "zod";

/** What every keyset-paged list takes; add a list's own filters with `.extend`. The cursor is the id of the last row of the page before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "Rows of a page" }),
  cursor: z.uuid().optional().meta({ description: "next_cursor of the page before" }),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A page out of up to `limit + 1` rows, newest first: the extra row says that there is another page. */
export function pageOf<T extends { id: string }>(rows: readonly T[], limit: number) {
  const data = rows.slice(0, limit);
  return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}
