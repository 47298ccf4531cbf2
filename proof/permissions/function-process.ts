/**
 * A container of Lambda, in a process of its own: imports the file that the first argument names, and calls its
 * export of the name in the second argument with each message. Sends one message back for each call, and one when it is
 * ready: an empty one, or one with the error.
 */
const [file = '', exported = ''] = process.argv.slice(2);

// Too little for the audit to wait until clocks and stream have settled, and enough for all its calls.
const REMAINING_MS = 20_000;
const context = {
  awsRequestId: 'permissions',
  getRemainingTimeInMillis: () => REMAINING_MS,
};

const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  const message = await work().then(
    () => ({}),
    (error: Error) => ({ error: `${error.name}: ${error.message}` }),
  );
  process.send?.(message);
};

let handler: (event: unknown, context: unknown) => Promise<unknown>;
await attempt(async () => {
  handler = (await import(file))[exported];
});
process.on('message', (event) => attempt(() => handler(event, context)));
