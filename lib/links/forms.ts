import { z } from "zod";
import { LinkFields, LinkInput, Slug } from "./schema.ts";

/** The forms of the links panel: what is left blank is absent. */

export const LinkForm = LinkInput;

/** All that a link has, as its form sends it: a blank waiting address takes it away, a switch that is off is absent. */
export const LinkChangeForm = LinkFields.extend({
  slug: Slug,
  expected_version: z.coerce.number().int(),
  waiting_url: LinkFields.shape.waiting_url.default(null),
  active: z
    .literal("true")
    .optional()
    .transform((on) => on === "true"),
});
