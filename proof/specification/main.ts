import { type Bounds, LARGE_BOUNDS, SMALL_BOUNDS } from './bounds.ts';
import { BROKEN_RULES, type BrokenRule, breakRule } from './broken-rules.ts';
import * as counterSpecification from './counter-specification.ts';
import { type Found, searchStates } from './search.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const integer = (value: number): string => value.toLocaleString('en');

const describe = ({ name, shards, until, losses, rebuilds, drops }: Bounds): string =>
  `${name}: up to ${shards.map(({ length }) => length).join(' + ')} records, ${until} seconds, ` +
  `${losses} lost, rebuilds ${rebuilds}, checkpoints ${drops ? 'dropped at any time' : 'kept'}`;

const describeFound = ({ states, steps, violation }: Found): string =>
  violation
    ? [`WRONG: "${violation.truth}" is not true after`, ...violation.history].join('\n    ')
    : `right in all ${integer(states)} states and ${integer(steps)} steps`;

const searchBounds = (bounds: Bounds): boolean => {
  print(describe(bounds));
  const found = searchStates(counterSpecification, bounds);
  print(`  ${describeFound(found)}`);
  return found.violation === undefined;
};

const searchBroken = async (broken: BrokenRule): Promise<boolean> => {
  const specification = await breakRule(broken);
  for (const bounds of SMALL_BOUNDS) {
    const { violation } = searchStates(specification, bounds);
    if (!violation) continue;
    print(`  ${broken.rule}: "${violation.truth}" after ${violation.history.length} steps`);
    return true;
  }
  print(`  ${broken.rule}: NOT NOTICED`);
  return false;
};

const results = [...SMALL_BOUNDS, ...LARGE_BOUNDS].map(searchBounds);
print('Rules broken on purpose, and the shortest history that shows it:');
for (const broken of BROKEN_RULES) results.push(await searchBroken(broken));
process.exitCode = results.every(Boolean) ? 0 : 1;
