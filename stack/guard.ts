import { type ChildProcess, spawn } from "node:child_process";

/**
 * Makes sure a process doesn't outlive us, even when we are killed: a shell waits on a pipe that only we hold open,
 * and when it closes sends `signal` to `target` (a process id, or minus a process group's id).
 * Returns the function that calls it off. Does nothing on Windows.
 */
export function guard(target: number, signal: "INT" | "TERM"): () => void {
  if (process.platform === "win32") return () => undefined;
  const shell: ChildProcess = spawn(
    "/bin/sh",
    ["-c", 'read -r _; kill -s "$0" -- "$1"', signal, String(target)],
    {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    },
  );
  // A guard that can't start leaves only the protection against our own kill -9 missing.
  shell.on("error", () => undefined);
  shell.unref();
  const pipe = shell.stdin;
  if (pipe && "unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  return () => void shell.kill("SIGKILL");
}
