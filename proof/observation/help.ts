/**
 * What the reader is told before an observer is deployed. The costs are counted: at most one invocation
 * a second for each shard, 670 bytes of log for one of one record, and 15 for each record more, by the
 * prices of measure/cost/prices.ts. An invocation is taken to last 20 ms, which was not measured.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-dynamodb-simultaneous-readers
 */
export const WARNING = `A second function will read the stream beside the projector. A stream should have no more than
two readers of a shard, so run no record, verify or rebuild until it is ended. In two days it costs
about 0.11 USD for each shard that never rests, and for a small site less than a cent.`;

/** What `--help` says. */
export const HELP = `Records how AWS delivers the stream of a counter, and checks on it what the exact count rests on.

  npm run observe -- --stack NAME --begin      deploy the observer: the stack NAME-observer
  npm run observe -- --stack NAME [--to FILE]  check what it saw so far; keep its lines in a new FILE
  npm run observe -- --stack NAME --end        delete the observer and its log
  npm run observe -- --file FILE               check lines that were kept

The observer is a function of its own, on the same stream by a mapping with the same settings. It logs
where each record lies, when it was written and of which kind it is, and nothing of the row; and it
fails one batch in four on purpose for 45 seconds, to see it come again. The counter does not notice.
Let it run for two days, and fetch its lines before you end it: the log goes with it, and after a week.

--json prints for scripts. The SDK's own variables say where the stack is.

Exit codes: 0 no assumption is broken, 1 one is; 2 not understood; 3 failed, the message says why.`;
