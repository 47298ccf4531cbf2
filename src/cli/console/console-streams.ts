/** Standard output and standard error of a command. */
export interface ConsoleStreams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}
