import type { RunningUndo } from '../../domain/counter.ts';
import { commandOf } from '../../domain/undo.ts';

/** Names a retract or a restore, for example `retract from 2026-11-27T03:00:00.000Z to 2026-11-27T05:00:00.000Z`. */
export const describeUndo = ({ kind, from, to }: RunningUndo): string =>
  `${commandOf(kind)} from ${from} to ${to}`;
