import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import { SCRIPTS, type Script } from './help.ts';
import { type Command, runCommand } from './run-command.ts';
import { synth } from './synth.ts';

const COMMANDS: Readonly<Record<Script, Command>> = { deploy, synth, destroy };

const [name, ...args] = process.argv.slice(2);
const script = SCRIPTS.find((known) => known === name);

if (script) {
  await runCommand(script, COMMANDS[script], args);
} else {
  const problem = name === undefined ? 'no script was named' : `there is no script ${name}`;
  process.stderr.write(`Run npm run deploy, npm run synth or npm run destroy: ${problem}\n`);
  process.exitCode = 1;
}
