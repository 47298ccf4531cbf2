import type { Interval } from '../../domain/interval.ts';
import { parseInstant } from '../../domain/utc-day.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { EXIT } from '../exit-code.ts';
import { findObstacle } from '../undo/find-obstacle.ts';
import { openUndoWork, type UndoWork } from '../undo/undo-work.ts';
import { abortRetract } from './abort-retract.ts';
import { formatPreview } from './format-survey.ts';
import { createSurveyTally } from './interval-survey.ts';
import { MARGIN_SECONDS, parseRetract, RETRACT_HELP } from './retract-options.ts';
import { runRetract } from './run-retract.ts';

/** `retract`: takes back the sessions whose first visit lies in an interval. */
export const retractCommand: Command = {
  summary: 'take back the sessions that began in an interval',
  help: RETRACT_HELP,
  run: async (args, context) => {
    const request = parseRetract(args);
    const work = await openUndoWork(request, context);
    const { interval, isPreview } = request;
    if (interval === undefined) await abortRetract(work, context);
    else {
      assertPast(interval, work);
      await (isPreview ? preview : runRetract)(work, interval, context);
    }
    return EXIT.ok;
  },
};

// A row whose first visit lies in the interval must be written before the scan begins.
const assertPast = ({ to }: Interval, { now }: UndoWork): void => {
  const nowMs = now();
  if (Date.parse(to) <= nowMs - MARGIN_SECONDS * 1_000) return;
  throw new UsageError(
    `--to must be at least ${MARGIN_SECONDS} s ago, so that all visits before it are written, but it is ${to}, and ` +
      `DynamoDB's clock shows ${new Date(nowMs).toISOString()}`,
  );
};

const preview = async (
  { counter, scan, readCounter, now }: UndoWork,
  interval: Interval,
  { console }: CommandContext,
): Promise<void> => {
  const progress = console.progress({ label: 'Reading', unit: 'row', total: undefined });
  const tally = createSurveyTally(interval, now());
  try {
    for await (const sessions of scan()) {
      for (const { firstAccessed } of sessions) tally.add(parseInstant(firstAccessed));
      progress.advance(sessions.length);
    }
  } finally {
    progress.stop();
  }
  const survey = tally.survey();
  const { total, ...state } = await readCounter();
  const found = {
    ...{ counter, ...interval, ...survey, running: state.undo },
    total: { before: total, after: total - survey.sessions },
    obstacle: findObstacle(state, { kind: 'retract', ...interval }, counter),
  };
  console.print(formatPreview(found), { ...found, isRetracted: false });
};
