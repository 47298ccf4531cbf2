import { type Bounds, LARGE_BOUNDS, SMALL_BOUNDS } from './bounds.ts';
import { breakRule } from './break-rule.ts';
import { BROKEN_RULES, type BrokenRule } from './broken-rules.ts';
import * as counterSpecification from './counter-specification.ts';
import { type SearchResult, searchStates } from './search.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const integer = (value: number): string => value.toLocaleString('en');

const describe = ({ name, shards, until, losses, rebuilds, drops }: Bounds): string =>
  `${name}: up to ${shards.map(({ length }) => length).join(' + ')} records, ${until} seconds, ` +
  `${losses} lost, ${rebuilds} rebuilds, checkpoints ${drops ? 'dropped at any time' : 'kept'}`;

const describeResult = ({ states, steps, violation }: SearchResult): string =>
  violation
    ? [`VIOLATED: "${violation.invariant}", trace:`, ...violation.trace].join('\n    ')
    : `all invariants hold in ${integer(states)} states and ${integer(steps)} transitions`;

const searchBounds = (bounds: Bounds): boolean => {
  print(describe(bounds));
  const found = searchStates(counterSpecification, bounds);
  print(`  ${describeResult(found)}`);
  return found.violation === undefined;
};

const searchBroken = async (broken: BrokenRule): Promise<boolean> => {
  const specification = await breakRule(broken);
  for (const bounds of SMALL_BOUNDS) {
    const { violation } = searchStates(specification, bounds);
    if (!violation) continue;
    print(
      `  ${broken.rule}: violates "${violation.invariant}" after ${violation.trace.length} steps`,
    );
    return true;
  }
  print(`  ${broken.rule}: NOT DETECTED`);
  return false;
};

const results = [...SMALL_BOUNDS, ...LARGE_BOUNDS].map(searchBounds);
print('Rules broken on purpose, with the length of the shortest counterexample:');
for (const broken of BROKEN_RULES) results.push(await searchBroken(broken));
process.exitCode = results.every(Boolean) ? 0 : 1;
