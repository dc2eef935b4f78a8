import classes from "#components/live-indicator.module.css";

const TEXT = {
  live: { word: "Live", title: "Changes appear as they happen" },
  polling: {
    word: "Polling",
    title: "Changes aren't announced at the moment; the page asks for them every few seconds",
  },
  offline: { word: "Offline", title: "The server can't be reached; numbers may be old" },
} as const;

/** Whether what is on the page is fresh. Announced when it changes. */
export function LiveIndicator({ state }: { state: keyof typeof TEXT }) {
  const { word, title } = TEXT[state];
  return (
    <span className={classes.root} data-state={state} role="status" title={title}>
      <span className={classes.dot} aria-hidden />
      {word}
    </span>
  );
}
