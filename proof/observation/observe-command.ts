import { LOG_OUTPUT, observerStackName } from '../../infra/observer/observer-names.ts';
import type { Command, CommandContext } from '../../src/cli/command.ts';
import { CommandError, UsageError } from '../../src/cli/command-error.ts';
import { countOf } from '../../src/cli/console/count-of.ts';
import { EXIT, type ExitCode } from '../../src/cli/exit-code.ts';
import { parseOptions } from '../../src/cli/options.ts';
import { readOutputs } from '../../src/cli/target/stack.ts';
import { openTarget } from '../../src/cli/target/target.ts';
import { findStream } from '../../src/tables/find-stream.ts';
import { checkRecording } from './check-recording.ts';
import { fetchLines } from './fetch-lines.ts';
import { HELP, WARNING } from './help.ts';
import { readLines, writeLines } from './line-file.ts';
import { measureRecording } from './measure-recording.ts';
import { beginObserving, type DeploymentTools, endObserving } from './observer-deployment.ts';
import { parseRecording } from './recording/parse-recording.ts';
import { formatResults } from './result-table.ts';

const OPTIONS = {
  stack: { type: 'string' },
  construct: { type: 'string' },
  begin: { type: 'boolean' },
  end: { type: 'boolean' },
  to: { type: 'string' },
  file: { type: 'string' },
} as const;

/** `npm run observe`, with the tools to deploy and delete its stack. */
export const createObserveCommand = (tools: DeploymentTools): Command => ({
  summary: "check the count's assumptions about AWS's delivery",
  help: HELP,
  run: async (args, context) => {
    const { stack, construct, begin, end, to, file } = parseOptions(args, OPTIONS);
    const ways = [begin, end, to, file].filter((way) => way !== undefined);
    if ((stack === undefined) === (file === undefined) || ways.length > 1)
      throw new UsageError(HELP);
    if (construct !== undefined && stack === undefined) throw new UsageError(HELP);
    if (file !== undefined) return answer(await readLines(file), context);
    if (stack === undefined) throw new UsageError(HELP);
    if (begin) return runBegin({ stack, construct }, context, tools);
    const observed = nameObserved({ stack, construct });
    if (end) return runEnd(observed, context, tools);
    const lines = await fetchObserved(observed, context.signal);
    if (to !== undefined) writeLines(to, lines);
    return answer(lines, context);
  },
});

interface CounterOptions {
  readonly stack: string;
  readonly construct: string | undefined;
}

// The name of the observer's stack begins with it, so that each counter of a stack has its own.
const nameObserved = ({ stack, construct }: CounterOptions): string =>
  construct === undefined ? stack : `${stack}-${construct}`;

const answer = (lines: readonly string[], { console }: CommandContext): ExitCode => {
  const recording = parseRecording(lines);
  if (recording.invocations.length === 0)
    throw new CommandError(
      `No invocation in ${countOf(lines.length, 'line')}. Visit the page, and try again in a few minutes`,
    );
  const checks = checkRecording(recording);
  const measurements = measureRecording(recording);
  const text = formatResults(checks, measurements, console.paint);
  console.print(text, { checks, measurements });
  return checks.some(({ result }) => result === 'broken') ? EXIT.problemsFound : EXIT.ok;
};

const fetchObserved = async (observed: string, signal: AbortSignal): Promise<string[]> => {
  const log = (await readOutputs(observerStackName(observed))).get(LOG_OUTPUT);
  if (log !== undefined) return fetchLines(log, signal);
  throw new CommandError(`The stack ${observerStackName(observed)} has no output ${LOG_OUTPUT}`);
};

const runBegin = async (
  options: CounterOptions,
  { env, console }: CommandContext,
  tools: DeploymentTools,
) => {
  console.info(WARNING);
  const { client, sessionsTable } = await openTarget(options, env);
  const observed = nameObserved(options);
  await beginObserving(observed, await findStream(client, sessionsTable), tools);
  const { stack, construct } = options;
  const selected = construct === undefined ? stack : `${stack} --construct ${construct}`;
  const text = `Observing. Check with npm run observe -- --stack ${selected}; delete the observer with --end.`;
  console.print(text, { observer: observerStackName(observed) });
  return EXIT.ok;
};

const runEnd = async (observed: string, { console }: CommandContext, tools: DeploymentTools) => {
  await endObserving(observed, tools);
  console.print(`Deleted the observer of ${observed} and its log.`, { ended: observed });
  return EXIT.ok;
};
