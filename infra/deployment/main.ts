import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import type { Script } from './help.ts';
import { type Command, runCommand } from './run-command.ts';
import { synth } from './synth.ts';

const COMMANDS: Readonly<Record<Script, Command>> = { deploy, synth, destroy };

const [script, ...args] = process.argv.slice(2);
await runCommand(script as Script, COMMANDS[script as Script], args);
