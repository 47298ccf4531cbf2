/**
 * Shown before an observer is deployed. The costs are counted: at most one invocation a second per shard,
 * 670 bytes of log for one with one record and 15 for each further record, at the prices of
 * measure/cost/prices.ts. The duration of an invocation, 20 ms, is assumed and was not measured.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-dynamodb-simultaneous-readers
 */
export const WARNING = `A second function will read the stream alongside the projector. A stream should have no more than
two readers per shard, so run no record, verify or rebuild until you delete the observer. In two days it
costs about 0.11 USD for each shard that is always busy, and less than a cent for a small site.`;

/** The text of `--help`. */
export const HELP = `Records how AWS delivers the stream of a counter, and checks the assumptions behind the exact count.

  npm run observe -- --stack NAME --begin      deploy the observer: the stack NAME-observer
  npm run observe -- --stack NAME [--to FILE]  check what it recorded so far; save its lines to a new FILE
  npm run observe -- --stack NAME --end        delete the observer and its log
  npm run observe -- --file FILE               check saved lines

If the stack has several SessionCounters, add --construct ID to each call; the observer is NAME-ID-observer.

The observer is a separate function on the same stream, with a mapping that has the same settings. It
logs the position, write time and kind of each record, and nothing of the row. It fails one batch in
four on purpose, for up to 45 seconds, to observe the retries. The counter is not affected. Let it run for two
days, and save its lines before you delete it: its log is deleted with it, and expires after a week.

--json prints JSON for scripts. The SDK's own environment variables select the account and region.

Exit codes: 0 no assumption is broken, 1 one is broken; 2 usage error; 3 failed, the message says why.`;
