import { Alert } from "@mantine/core";

/** Above a change form that a dry run filled in. */
export function TriedNote() {
  return (
    <Alert color="blue" role="note">
      These are the values that the dry run tried. Nothing changes until you confirm.
    </Alert>
  );
}
