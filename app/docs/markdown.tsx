import { Fragment, type ReactNode } from "react";
import classes from "./docs.module.css";

/** `code` and **strong** within a line. */
function inline(text: string): ReactNode[] {
  let at = 0;
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    const key = at;
    at += part.length + 1;
    if (part.startsWith("`")) return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith("**")) return <strong key={key}>{inline(part.slice(2, -2))}</strong>;
    return <Fragment key={key}>{part}</Fragment>;
  });
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

function Table({ lines }: { lines: string[] }) {
  const [head = "", , ...rows] = lines;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {cellsOf(head).map((cell) => (
            <th key={cell} scope="col">
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {cellsOf(row).map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two cells of a row may say the same.
              <td key={index}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The Markdown that the OpenAPI document uses: paragraphs, second-level headings, tables, `code` and **strong**. */
export function Markdown({ text }: { text: string }) {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      if (block.startsWith("## ")) {
        const title = block.slice(3);
        return (
          <h2 key={block} id={title.toLowerCase()} className={classes.part}>
            {title}
          </h2>
        );
      }
      if (block.startsWith("|")) return <Table key={block} lines={block.split("\n")} />;
      return <p key={block}>{inline(block)}</p>;
    });
}
