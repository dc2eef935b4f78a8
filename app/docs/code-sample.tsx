import type { ReactNode } from "react";
import { CopyButton } from "#components/copy-button.tsx";
import classes from "./docs.module.css";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** JSON with its names, texts and other values told apart by colour. */
function coloured(json: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [whole, text, colon] = match;
    const kind = colon !== undefined ? "name" : text !== undefined ? "text" : "value";
    parts.push(
      json.slice(end, match.index),
      <span key={match.index} data-token={kind}>
        {whole}
      </span>,
    );
    end = match.index + whole.length;
  }
  return [...parts, json.slice(end)];
}

type CodeSampleProps = {
  /** What it is: "Request", "Answer 200". */
  label: string;
  code: string;
  isJson?: boolean;
};

/** Code to read and to copy. Long lines wrap, so that nothing scrolls sideways. */
export function CodeSample({ label, code, isJson = false }: CodeSampleProps) {
  return (
    <figure className={classes.sample}>
      <figcaption className={classes.sampleHead}>
        {label}
        <CopyButton value={code} what={label.toLowerCase()} />
      </figcaption>
      <pre className={classes.code}>
        <code>{isJson ? coloured(code) : code}</code>
      </pre>
    </figure>
  );
}
