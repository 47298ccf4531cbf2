import { parseArgs } from 'node:util';
import { describeTrace } from './describe-trace.ts';
import { DEPLOYED, type Explored, exploreWorld } from './explore-world.ts';
import { replayTransitions } from './replay-transitions.ts';
import { formatTable } from './table.ts';
import { codeOf } from './world/step.ts';
import { createWorld } from './world/world.ts';
import type { WorldPlan } from './world/world-plan.ts';
import { findWorld, WORLDS } from './worlds/worlds.ts';

const HELP = `Explores every history of small worlds with the deployed code.

  npm run explore -- [options]

  --world NAME          explore this world only; may be repeated
  --small               explore the worlds of npm test, and those named by --world
  --sound               skip worlds with a known violation; stop at the first violation
  --max-states N        stop each search at N states and report it as incomplete
  --list                list the worlds
  --play 'NAME STEPS'   describe one history, as printed with a violation
  --replay              then send every request of these worlds (default: --small) to a real DynamoDB
                        and compare the replies; uses AWS_ENDPOINT_URL_DYNAMODB or your AWS account,
                        in a temporary table that is deleted afterwards
  --help                show this help

Exit codes: 0 every world gave the expected result, 1 one did not.`;

const { values } = parseArgs({
  options: {
    world: { type: 'string', multiple: true, default: [] },
    small: { type: 'boolean', default: false },
    sound: { type: 'boolean', default: false },
    'max-states': { type: 'string' },
    list: { type: 'boolean', default: false },
    play: { type: 'string' },
    replay: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const chooseWorlds = (): readonly WorldPlan[] => {
  const named = values.world.map(findWorld);
  const isSmallAsked = values.small || (values.replay && named.length === 0);
  const isChosen = (plan: WorldPlan): boolean =>
    named.includes(plan) || (isSmallAsked ? plan.isSmall : named.length === 0);
  return WORLDS.filter((plan) => isChosen(plan) && !(values.sound && plan.knownViolation));
};

const readMaxStates = (): { maxStates?: number } => {
  const text = values['max-states'];
  if (text === undefined) return {};
  if (/^\d{1,9}$/.test(text)) return { maxStates: Number(text) };
  throw new RangeError(`--max-states must be a whole number, but it is "${text}"`);
};

const explore = async (): Promise<number> => {
  const explored: Explored[] = [];
  for (const plan of chooseWorlds()) {
    const found = await exploreWorld(plan, { ...readMaxStates(), onProgress: showProgress(plan) });
    clearProgress();
    if (found.violation) print(await explainViolation(plan, found.violation));
    if (found.unspecified)
      print(`World ${plan.name}: a write is not specified: ${found.unspecified}`);
    explored.push(found);
    if (values.sound && !found.isAsExpected) break;
  }
  print(formatTable(explored));
  const code = explored.every(({ isAsExpected }) => isAsExpected) ? 0 : 1;
  return values.replay ? Math.max(code, await replayTransitions(explored, print)) : code;
};

const isTerminal = process.stdout.isTTY === true;
const showProgress =
  ({ name }: WorldPlan) =>
  (states: number, transitions: number): void => {
    const sums = `${states.toLocaleString('en')} states, ${transitions.toLocaleString('en')} steps`;
    if (isTerminal) process.stdout.write(`\r${name}: ${sums}`);
  };
const clearProgress = (): void => {
  if (isTerminal) process.stdout.write('\r\u001b[K');
};

const explainViolation = async (
  plan: WorldPlan,
  { steps }: NonNullable<Explored['violation']>,
): Promise<string> => {
  const history = [plan.name, ...steps.map(codeOf)].join(' ');
  const known = plan.knownViolation ? [`Known violation: ${plan.knownViolation}.`] : [];
  return [
    `World ${plan.name}: violation after ${steps.length} steps:`,
    ...(await describeHistory(history)),
    ...known,
    'Describe it again with:',
    `  npm run explore -- --play '${history}'\n`,
  ].join('\n');
};

const describeHistory = async (history: string): Promise<string[]> => {
  const [name = '', ...codes] = history.split(' ');
  const { lines, violation } = await describeTrace(createWorld(findWorld(name), DEPLOYED), codes);
  return [
    ...lines.map((line, place) => `${String(place + 1).padStart(4)}  ${line}.`),
    violation ? `Violation: ${violation}.` : 'The counter was exact throughout.',
  ];
};

const play = async (history: string): Promise<number> => {
  const lines = await describeHistory(history);
  print(lines.join('\n'));
  return lines.at(-1)?.startsWith('Violation') ? 1 : 0;
};

const list = (): number => {
  for (const { name, title, isSmall } of WORLDS) {
    print(`${name.padEnd(24)} ${isSmall ? 'small  ' : '       '} ${title}`);
  }
  return 0;
};

const run = async (): Promise<number> => {
  // Malformed records are logged again in every run of the code.
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  if (values.list) return list();
  if (values.play) return play(values.play);
  return explore();
};

if (values.help) print(HELP);
else process.exitCode = await run();
