import { baselineCommand } from './baseline/baseline-command.ts';
import type { Command } from './command.ts';
import { dropCommand } from './drop/drop-command.ts';
import { exportCommand } from './export/export-command.ts';
import { forgetCommand } from './forget-command.ts';
import { importCommand } from './import/import-command.ts';
import { rebuildCommand } from './rebuild/rebuild-command.ts';
import { recordCommand } from './record/record-command.ts';
import { replayCommand } from './replay/replay-command.ts';
import { restoreCommand } from './restore/restore-command.ts';
import { retractCommand } from './retract/retract-command.ts';
import { statusCommand } from './status/status-command.ts';
import { verifyCommand } from './verify-command.ts';

/** All commands by name, in the order in which the help lists them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  status: statusCommand,
  verify: verifyCommand,
  rebuild: rebuildCommand,
  import: importCommand,
  baseline: baselineCommand,
  export: exportCommand,
  record: recordCommand,
  replay: replayCommand,
  forget: forgetCommand,
  retract: retractCommand,
  restore: restoreCommand,
  drop: dropCommand,
};
