import { runCommand } from './deployment/run-command.ts';
import { synth } from './deployment/synth.ts';

await runCommand('synth', synth);
