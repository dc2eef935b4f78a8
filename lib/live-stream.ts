import { HEARING, isHearing, subscribe, takeStream } from "#lib/live.ts";
import { memberWorkspaceId } from "#lib/live-access.ts";
import { log } from "#lib/log.ts";

export type LiveStream = { personId: string; slug: string; workspaceId: string; signal: AbortSignal };

/** Streams a person may have open in one process: more than a browser's six connections to a site, because a closed page's ends a moment later. */
const LIMIT = 20;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 120_000;
/** Then the browser asks again, and its session is verified anew. */
const LIFETIME_MS = 30 * 60_000;

/** Events a browser may leave unread before its stream ends. */
const UNREAD = 500;

const encoder = new TextEncoder();

/**
 * Announcements of a workspace as server-sent events, and as `pace` whether they arrive or the page has to poll; or null when the person has too many streams open. Ends when the browser leaves, when
 * membership has ended (at once where that is announced, else within two minutes), or after half an hour.
 */
export function liveStream({
  personId,
  slug,
  workspaceId,
  signal,
}: LiveStream): ReadableStream<Uint8Array> | null {
  const giveBack = takeStream(personId, LIMIT);
  if (giveBack === null) return null;
  let end: () => void = giveBack;
  let isGone = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        if ((controller.desiredSize ?? 0) < -UNREAD) end();
        else controller.enqueue(encoder.encode(text));
      };
      const recheck = async () => {
        try {
          if ((await memberWorkspaceId(personId, slug)) !== workspaceId) end();
        } catch (error) {
          log().warn({ err: error }, "membership of a live stream can't be checked");
        }
      };
      const sendPace = () => send(`event: pace\ndata: ${isHearing() ? "live" : "polling"}\n\n`);
      const unsubscribe = subscribe(workspaceId, (topic) => {
        if (topic === HEARING) return sendPace();
        send(`data: ${JSON.stringify({ topic })}\n\n`);
        if (topic === "member") void recheck();
      });
      const timers = [
        setInterval(() => send(": still here\n\n"), HEARTBEAT_MS),
        setInterval(() => void recheck(), RECHECK_MS),
        setTimeout(() => end(), LIFETIME_MS),
      ];
      let ended = false;
      end = () => {
        if (ended) return;
        ended = true;
        for (const timer of timers) clearTimeout(timer);
        unsubscribe();
        giveBack();
        signal.removeEventListener("abort", end);
        if (!isGone) controller.close();
      };
      signal.addEventListener("abort", end);
      sendPace();
    },
    cancel() {
      isGone = true;
      end();
    },
  });
}
