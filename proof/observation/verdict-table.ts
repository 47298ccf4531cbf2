import type { Paint } from '../../src/cli/console/console.ts';
import type { Judgement, Verdict } from './judge-recording.ts';
import type { Measurements } from './measure-recording.ts';

const COLOURS = {
  holds: 'green',
  broken: 'red',
  unclear: 'yellow',
  'not seen': 'dim',
} as const satisfies Record<Verdict, Parameters<Paint>[0]>;

/** How many counterexamples are shown per assumption; scripts get all of them. */
const SHOWN = 3;

/** The results as text, with the counterexamples below each broken assumption. */
export const formatVerdicts = (
  judgements: readonly Judgement[],
  measurements: Measurements,
  paint: Paint,
): string =>
  [
    ...Object.entries(measurements).map(([name, text]) => `${name.padEnd(14)} ${text}`),
    '',
    ...judgements.flatMap((judgement) => formatJudgement(judgement, paint)),
    '',
    summarize(judgements),
  ].join('\n');

const formatJudgement = (judgement: Judgement, paint: Paint): string[] => {
  const { assumption, verdict, seen, broken, unclear, otherwise } = judgement;
  const more = broken.length > SHOWN ? [`and ${broken.length - SHOWN} more`] : [];
  const hidden =
    unclear > 0 ? [`${unclear} that missing lines may explain: check again later`] : [];
  const harm = verdict === 'broken' ? [otherwise] : [];
  return [
    `${paint(COLOURS[verdict], verdict.padEnd(8))}  ${assumption}`,
    ...[seen, ...broken.slice(0, SHOWN), ...more, ...hidden, ...harm].map(
      (text) => `          ${text}`,
    ),
  ];
};

const summarize = (judgements: readonly Judgement[]): string => {
  const count = (wanted: Verdict): number =>
    judgements.filter(({ verdict }) => verdict === wanted).length;
  return (
    `Of ${judgements.length} assumptions ${count('holds')} hold, ${count('broken')} are broken, ` +
    `${count('unclear')} are unclear, ${count('not seen')} were not tested.`
  );
};
