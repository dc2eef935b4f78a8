import { follow } from "#lib/links/follow.ts";

/** A tracked link. */
export const GET = follow;

/** The same without a body, and no click: a program looks. */
export const HEAD = follow;
