"use client";

import { DragDropContext, Draggable, Droppable, type DropResult } from "@hello-pangea/dnd";
import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconChevronUp, IconGripVertical } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useOptimistic, useRef } from "react";
import { reorder } from "#app/(console)/[workspace]/sequence/actions.ts";
import classes from "#app/(console)/[workspace]/sequence/sequence.module.css";
import { formProblem, isRefused } from "#components/form-state.ts";

export type OrderedStep = { country: string; name: string; body: ReactNode };
type Props = { slug: string; version: number; steps: OrderedStep[]; mayManage: boolean; nonce: string };

/** The countries in their order. Dragged, or moved by keyboard: space, arrows, space; or by the buttons. */
export function OrderList({ slug, version, steps, mayManage, nonce }: Props) {
  const [shown, show] = useOptimistic(steps, (_, next: OrderedStep[]) => next);
  const router = useRouter();
  // One save after another, each with the version that the one before made.
  const saved = useRef(Promise.resolve(version));
  const save = async (order: OrderedStep[], known: number): Promise<number> => {
    const form = new FormData();
    for (const { country } of order) form.append("countries[]", country);
    form.set("version", String(Math.max(known, version)));
    const state = await reorder(slug, {}, form);
    if (isRefused(state)) {
      notifications.show({ color: "red", message: formProblem(state) ?? "The order was not saved." });
      router.refresh();
    }
    return state.data?.version ?? known;
  };
  const move = (from: number, to: number) => {
    const moved = shown[from];
    if (moved === undefined || to < 0 || to >= shown.length || from === to) return;
    const next = shown.toSpliced(from, 1).toSpliced(to, 0, moved);
    startTransition(async () => {
      show(next);
      saved.current = saved.current.then((known) => save(next, known));
      await saved.current;
    });
  };
  const drop = ({ source, destination }: DropResult) => {
    if (destination !== null) move(source.index, destination.index);
  };
  return (
    <DragDropContext onDragEnd={drop} nonce={nonce}>
      <Droppable droppableId="sequence" isDropDisabled={!mayManage}>
        {(list) => (
          <ol
            ref={list.innerRef}
            {...list.droppableProps}
            className={classes.list}
            aria-label="Market sequence"
          >
            {shown.map((step, index) => (
              <Draggable
                key={step.country}
                draggableId={step.country}
                index={index}
                isDragDisabled={!mayManage}
              >
                {(item, { isDragging }) => (
                  <li
                    ref={item.innerRef}
                    {...item.draggableProps}
                    style={{ ...item.draggableProps.style }}
                    className={classes.step}
                    data-dragging={isDragging || undefined}
                  >
                    <div className={classes.place}>
                      <span className={classes.number} aria-hidden>
                        {index + 1}
                      </span>
                      {mayManage && (
                        <>
                          <div {...item.dragHandleProps} className={classes.handle}>
                            <IconGripVertical size={18} aria-hidden />
                            <VisuallyHidden>Drag {step.name}</VisuallyHidden>
                          </div>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={`Move ${step.name} up`}
                            disabled={index === 0}
                            onClick={() => move(index, index - 1)}
                          >
                            <IconChevronUp size={16} aria-hidden />
                          </ActionIcon>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={`Move ${step.name} down`}
                            disabled={index === shown.length - 1}
                            onClick={() => move(index, index + 1)}
                          >
                            <IconChevronDown size={16} aria-hidden />
                          </ActionIcon>
                        </>
                      )}
                    </div>
                    <div className={classes.body}>{step.body}</div>
                  </li>
                )}
              </Draggable>
            ))}
            {list.placeholder}
          </ol>
        )}
      </Droppable>
    </DragDropContext>
  );
}
