export type Feed = { state: "live" | "polling" | "offline" };

type Listener = { onState: (state: Feed["state"]) => void; onChange: () => void };

const POLL_MS = 5000;
/** Where announcements don't reach the server. */
const SLOW_POLL_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
/** Local midnights and ends of leases announce nothing. */
const ANYWAY_MS = 60_000;

/** Asks whether the server is there. A page may only be read again when it is: a failed reading would leave the page. */
async function isReachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(POLL_MS) })).ok;
  } catch {
    return false;
  }
}

class LiveFeed {
  readonly #url: string;
  readonly #listener: Listener;
  #source: EventSource | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(url: string, listener: Listener) {
    this.#url = url;
    this.#listener = listener;
  }

  open(): void {
    this.#source?.close();
    const source = new EventSource(this.#url);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#listener.onChange();
    };
    source.addEventListener("pace", ({ data }) => this.#keep(data === "live" ? "live" : "polling"));
    source.onmessage = this.#listener.onChange;
    source.onerror = () => this.#drop();
  }

  close(): void {
    this.#source?.close();
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
  }

  /** The stream is open: what is announced comes by itself, the rest is asked for. */
  #keep(state: "live" | "polling"): void {
    this.#every(state === "live" ? ANYWAY_MS : SLOW_POLL_MS, this.#listener.onChange);
    this.#listener.onState(state);
  }

  #every(milliseconds: number, work: () => void): void {
    clearInterval(this.#poll);
    this.#poll = setInterval(work, milliseconds);
  }

  #drop(): void {
    this.close();
    this.#failures += 1;
    const poll = async () => {
      const reachable = await isReachable(this.#url);
      if (this.#source?.readyState === EventSource.OPEN) return;
      this.#listener.onState(reachable ? "polling" : "offline");
      if (reachable) this.#listener.onChange();
    };
    void poll();
    this.#every(POLL_MS, () => void poll());
    this.#retry = setTimeout(() => this.open(), Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_WAIT_MS));
  }
}

/**
 * Listens to a workspace's announcements while the tab is in sight: by server-sent events; asking every 10 s where the server hears no
 * announcements itself; and when the stream drops every 5 s while it tries to connect again, each time waiting twice as long. Returns the
 * function that ends it.
 */
export function openFeed(url: string, listener: Listener): () => void {
  let feed: LiveFeed | undefined;
  const follow = () => {
    feed?.close();
    feed = undefined;
    if (document.visibilityState === "hidden") return;
    feed = new LiveFeed(url, listener);
    feed.open();
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    feed?.close();
  };
}
