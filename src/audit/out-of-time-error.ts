/** The audit could not compare rows and counter in the available time, so the drift is unknown. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';

  constructor(timeMs: number) {
    super(
      `The rows and the counter could not be compared within ${Math.round(timeMs / 1_000)} s: ` +
        'either the table has too many rows for one function, or DynamoDB is slow',
    );
  }
}
