import { destroy } from './deployment/destroy.ts';
import { runCommand } from './deployment/run-command.ts';

await runCommand('destroy', destroy);
