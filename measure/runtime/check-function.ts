import type { DeployedFunction } from '../../proof/deployment/deployed-functions.ts';
import type { NextEvent } from './events.ts';
import { findLogProblems } from './log-problems.ts';
import type { Outcome } from './runtime-api.ts';
import { type Container, type Surroundings, startContainer } from './start-container.ts';

// Whatever a bug or an operator may send.
const MALFORMED = ['null', '"text"', '42', '[]'];

/** How each function must fail, with an event that it cannot take. */
const FAILURES: Readonly<Record<string, { readonly event: object; readonly errorType: string }>> = {
  projector: { event: { Records: [] }, errorType: 'MissingShardIdError' },
};

/** What makes a function write a line of its own. */
const WARNINGS: Readonly<Record<string, object>> = {
  projector: { shardId: 'shard-b', Records: [{ eventName: 'INSERT' }] },
};

const FROZEN_MS = 1_000;

/** Runs a function with good, malformed and failing events, and freezes it. Resolves to what is wrong. */
export const checkFunction = async (
  deployed: DeployedFunction,
  surroundings: Surroundings,
  nextEvent: NextEvent,
): Promise<string[]> => {
  await using container = await startContainer(deployed, surroundings);
  const send = async (event: unknown): Promise<Outcome> =>
    (await container.call(JSON.stringify(event))).outcome;
  const problems = findShapeProblems(deployed, await send(nextEvent()));
  const outcomes = [await checkFailure(deployed.name, send, problems)];
  for (const event of MALFORMED) outcomes.push((await container.call(event)).outcome);
  problems.push(...answersAfter('malformed events', await send(nextEvent())));
  await container.freeze(FROZEN_MS);
  problems.push(...answersAfter('being frozen', await send(nextEvent())));
  problems.push(...findMemoryProblems(deployed, container));
  const failed = outcomes.filter((outcome) => outcome?.kind === 'error');
  const logged = await checkWarning(deployed.name, send);
  const ids = [...failed, logged].flatMap((outcome) => outcome?.requestId ?? []);
  problems.push(...findLogProblems(container.lines(), ids));
  return problems.map((problem) => `${deployed.name} ${problem}`);
};

type Send = (event: unknown) => Promise<Outcome>;

const HTTP_FUNCTIONS = ['ingest', 'query', 'legacy'];

const SUCCESS: readonly unknown[] = [200, 202];

const findShapeProblems = ({ name }: DeployedFunction, { kind, body }: Outcome): string[] => {
  if (kind === 'error') return [`must answer its usual event, but it threw ${body}`];
  if (!HTTP_FUNCTIONS.includes(name)) return [];
  const response = JSON.parse(body);
  const isSound = SUCCESS.includes(response.statusCode) && typeof response.body === 'string';
  return isSound ? [] : [`must answer with status 200 or 202 and a body, but it answered ${body}`];
};

const checkFailure = async (
  name: string,
  send: Send,
  problems: string[],
): Promise<Outcome | undefined> => {
  const failure = FAILURES[name];
  if (!failure) return undefined;
  const outcome = await send(failure.event);
  const { errorType } = JSON.parse(outcome.body);
  if (outcome.kind !== 'error' || errorType !== failure.errorType) {
    problems.push(`must throw ${failure.errorType}, but its ${outcome.kind} was ${outcome.body}`);
  }
  return outcome;
};

const checkWarning = async (name: string, send: Send): Promise<Outcome | undefined> =>
  WARNINGS[name] && send(WARNINGS[name]);

const answersAfter = (what: string, { kind, body }: Outcome): string[] =>
  kind === 'response' ? [] : [`must answer after ${what}, but it threw ${body}`];

const findMemoryProblems = ({ memoryMegabytes }: DeployedFunction, container: Container) => {
  const peakMegabytes = container.peakMegabytes();
  return peakMegabytes < memoryMegabytes
    ? []
    : [`must fit into ${memoryMegabytes} MB, but it had ${Math.round(peakMegabytes)} MB`];
};
