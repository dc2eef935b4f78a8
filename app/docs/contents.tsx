"use client";

import { TextInput, UnstyledButton } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import classes from "./docs.module.css";

type ContentsGroup = {
  tag: string;
  entries: { id: string; method: string; path: string; summary: string }[];
};

/** The operation that is being read: the last one whose beginning is above the middle of the window. */
function useCurrent(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const sections = ids.map((id) => document.getElementById(id)).filter((section) => section !== null);
    const look = () => {
      const passed = sections.filter(
        (section) => section.getBoundingClientRect().top < window.innerHeight / 3,
      );
      setCurrent(passed.at(-1)?.id ?? null);
    };
    const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -66% 0px" });
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  }, [ids]);
  return current;
}

function matches(entry: ContentsGroup["entries"][number], tag: string, words: string): boolean {
  const text = `${tag} ${entry.method} ${entry.path} ${entry.summary}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

type Props = { groups: readonly ContentsGroup[]; ids: readonly string[] };

/** Every operation by its group, and a search among them. On a phone it is folded away above the page. */
export function Contents({ groups, ids }: Props) {
  const [words, setWords] = useState("");
  const [isOpen, { toggle, close }] = useDisclosure();
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => input.current?.focus()]]);
  const current = useCurrent(ids);
  const found = groups
    .map(({ tag, entries }) => ({ tag, entries: entries.filter((entry) => matches(entry, tag, words)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <nav className={classes.contents} aria-label="Operations">
      <UnstyledButton
        className={classes.fold}
        onClick={toggle}
        aria-expanded={isOpen}
        aria-controls="contents"
      >
        Contents <IconChevronDown size={16} aria-hidden />
      </UnstyledButton>
      <div id="contents" className={classes.list} data-open={isOpen || undefined}>
        <TextInput
          ref={input}
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && setWords("")}
        />
        <p role="status" className={classes.nothing}>
          {found.length === 0 && "No operation by that name."}
        </p>
        {found.map(({ tag, entries }) => (
          <div key={tag} className={classes.group}>
            <p className={classes.groupName}>{tag}</p>
            <ul>
              {entries.map(({ id, method, summary }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className={classes.entry}
                    onClick={close}
                    {...(id === current && { "aria-current": "location" as const })}
                  >
                    <span className={classes.method} data-method={method}>
                      {method.toUpperCase()}
                    </span>
                    {summary}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
