import type { Paint } from '../../src/cli/console/console.ts';
import type { CheckedAssumption, CheckResult } from './check-recording.ts';
import type { Measurements } from './measure-recording.ts';

const COLOURS = {
  holds: 'green',
  broken: 'red',
  unclear: 'yellow',
  'not seen': 'dim',
} as const satisfies Record<CheckResult, Parameters<Paint>[0]>;

/** How many counterexamples are shown per assumption; scripts get all of them. */
const SHOWN = 3;

/** The results as text, with the counterexamples below each broken assumption. */
export const formatResults = (
  checks: readonly CheckedAssumption[],
  measurements: Measurements,
  paint: Paint,
): string =>
  [
    ...Object.entries(measurements).map(([name, text]) => `${name.padEnd(14)} ${text}`),
    '',
    ...checks.flatMap((checked) => formatCheck(checked, paint)),
    '',
    summarize(checks),
  ].join('\n');

const formatCheck = (checked: CheckedAssumption, paint: Paint): string[] => {
  const { assumption, result, seen, broken, unclear, otherwise } = checked;
  const more = broken.length > SHOWN ? [`and ${broken.length - SHOWN} more`] : [];
  const hidden =
    unclear > 0 ? [`${unclear} that missing lines may explain: check again later`] : [];
  const harm = result === 'broken' ? [otherwise] : [];
  return [
    `${paint(COLOURS[result], result.padEnd(8))}  ${assumption}`,
    ...[seen, ...broken.slice(0, SHOWN), ...more, ...hidden, ...harm].map(
      (text) => `          ${text}`,
    ),
  ];
};

const summarize = (checks: readonly CheckedAssumption[]): string => {
  const count = (wanted: CheckResult): number =>
    checks.filter(({ result }) => result === wanted).length;
  return (
    `Of ${checks.length} assumptions ${count('holds')} hold, ${count('broken')} are broken, ` +
    `${count('unclear')} are unclear, ${count('not seen')} were not tested.`
  );
};
