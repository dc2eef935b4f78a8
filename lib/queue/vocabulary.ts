/** The words of the onboarding queue. The same in SQL, in the API and on screen. Portable: no imports. */

/** What can wait. */
export const QUEUED_OPERATIONS = ["user", "creator"] as const;

/** waiting → ready → claimed; or left by the person, passed when not claimed in time, ended with the day or by an operator. */
export const TICKET_STATES = ["waiting", "ready", "claimed", "left", "passed", "ended"] as const;
