import { follow } from "#lib/links/follow.ts";

/** Spares the request the wrapper by which Next would find out. */
export const dynamic = "force-dynamic";

/** A tracked link. */
export const GET = follow;

/** The same without a body, and no click: a program looks. */
export const HEAD = follow;
