import { round } from '../bench/meters/latency.ts';
import { integer, markdownTable } from '../markdown.ts';
import { BARE, EMPTY } from './baselines.ts';
import { type BundleResult, type RuntimeResults, STEPS } from './results.ts';

/** The results as Markdown: their conditions, the CPU against the bare call, and all values. */
export const formatResults = (results: RuntimeResults): string =>
  [formatConditions(results), formatRatios(results), formatValues(results)].join('\n\n');

const formatConditions = ({ startedAt, machine, versions, containers }: RuntimeResults): string => {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const run = `${startedAt.slice(0, 10)}, ${containers} containers of each bundle`;
  return `${run}; ${machine}; ${packages.join(', ')}`;
};

const formatRatios = ({ bundles }: RuntimeResults): string => {
  const bare = find(bundles, BARE);
  return markdownTable(
    ['CPU, of the bare GetItem', ...HEADS, 'peak memory'],
    bundles.map((each) => [
      each.bundle,
      ...STEPS.map((step) => decimal(each.cpu[step] / bare.cpu[step])),
      decimal(each.peakMegabytes / bare.peakMegabytes),
    ]),
  );
};

const HEADS = ['initialisation', 'first call', 'second call', 'hundredth call'];

const formatValues = ({ bundles }: RuntimeResults): string => {
  const empty = find(bundles, EMPTY);
  return markdownTable(
    [
      ...['time (CPU), ms', ...HEADS, 'initialisation without that of an empty handler'],
      ...['peak MB, first call', 'hundredth call', 'MB it has', 'bytes'],
    ],
    bundles.map((each) => [
      each.bundle,
      ...STEPS.map((step) => formatTimes(each.wall[step], each.cpu[step])),
      formatTimes(each.wall.init - empty.wall.init, each.cpu.init - empty.cpu.init),
      ...[each.firstPeakMegabytes, each.peakMegabytes, each.memoryMegabytes, each.bytes].map(
        integer,
      ),
    ]),
  );
};

const formatTimes = (wall: number, cpu: number): string => `${decimal(wall)} (${decimal(cpu)})`;

const decimal = (value: number): string => String(round(value));

const find = (bundles: readonly BundleResult[], name: string): BundleResult => {
  const found = bundles.find(({ bundle }) => bundle === name);
  if (found) return found;
  throw new Error(`The results have no bundle ${name}`);
};

const BLOCK = /<!-- runtime -->\n.*?<!-- \/runtime -->/s;

/** The document with these results in its marked block. Throws an Error if it has no such block. */
export const fillRuntimeBlock = (document: string, results: RuntimeResults): string => {
  if (!BLOCK.test(document)) throw new Error('The document must have a block <!-- runtime -->');
  const block = `<!-- runtime -->\n${formatResults(results)}\n<!-- /runtime -->`;
  return document.replace(BLOCK, () => block);
};
