import { parseArgs } from 'node:util';
import { DEPLOYED, type Explored, exploreWorld } from './explore-world.ts';
import { narrate } from './narrate.ts';
import { replayTransitions } from './replay/replay-command.ts';
import { formatTable } from './table.ts';
import { codeOf } from './world/step.ts';
import { createWorld } from './world/world.ts';
import type { WorldPlan } from './world/world-plan.ts';
import { findWorld, WORLDS } from './worlds/worlds.ts';

const HELP = `Searches every history of small worlds, with the code that is deployed.

  npm run explore -- [options]

  --world NAME          this world, and no other; may be given several times
  --small               the worlds that npm test searches, and those that --world names
  --sound               only worlds in which nothing is known to be wrong; ends at the first that is
  --max-states N        stop a search there, and call it incomplete
  --list                the worlds
  --play 'NAME STEPS'   tell one history, as a violation printed it
  --replay              send every request that the small worlds make to a DynamoDB, to the one of
                        AWS_ENDPOINT_URL_DYNAMODB or to that of your AWS account, and compare the
                        answers; in a table of its own, which it deletes again
  --help                this text

Exit codes: 0 every world came out as it should, 1 one did not.`;

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
  const isChosen = (plan: WorldPlan): boolean =>
    named.includes(plan) || (values.small ? plan.isSmall : named.length === 0);
  return WORLDS.filter((plan) => isChosen(plan) && !(values.sound && plan.knownWrong));
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
      print(`The world ${plan.name} does what is not specified: ${found.unspecified}`);
    explored.push(found);
    if (values.sound && !found.isAsExpected) break;
  }
  print(formatTable(explored));
  return explored.every(({ isAsExpected }) => isAsExpected) ? 0 : 1;
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
  const known = plan.knownWrong ? [`Known: ${plan.knownWrong}.`] : [];
  return [
    `The world ${plan.name} goes wrong, in ${steps.length} steps:`,
    ...(await tell(history)),
    ...known,
    'Play it again with:',
    `  npm run explore -- --play '${history}'\n`,
  ].join('\n');
};

const tell = async (history: string): Promise<string[]> => {
  const [name = '', ...codes] = history.split(' ');
  const { lines, violation } = await narrate(createWorld(findWorld(name), DEPLOYED), codes);
  return [
    ...lines.map((line, place) => `${String(place + 1).padStart(4)}  ${line}.`),
    violation ? `Wrong: ${violation}.` : 'The counter was right throughout.',
  ];
};

const play = async (history: string): Promise<number> => {
  const lines = await tell(history);
  print(lines.join('\n'));
  return lines.at(-1)?.startsWith('Wrong') ? 1 : 0;
};

const list = (): number => {
  for (const { name, title, isSmall } of WORLDS) {
    print(`${name.padEnd(24)} ${isSmall ? 'small  ' : '       '} ${title}`);
  }
  return 0;
};

const run = async (): Promise<number> => {
  // Odd records are reported again at every run of the code.
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  if (values.list) return list();
  if (values.play) return play(values.play);
  if (values.replay)
    return replayTransitions(
      WORLDS.filter(({ isSmall }) => isSmall),
      print,
    );
  return explore();
};

if (values.help) print(HELP);
else process.exitCode = await run();
