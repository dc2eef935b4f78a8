/** Something of the stack that runs until it is stopped. */
export interface Part {
  /** Settles when it has ended and its port is free. */
  stop(): Promise<void>;
}
