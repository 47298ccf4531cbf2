import { SCRIPTS } from './help.ts';
import { runCdk } from './run-cdk.ts';
import { runDeploymentCommand } from './run-command.ts';

const [name, ...args] = process.argv.slice(2);
const script = SCRIPTS.find((known) => known === name);

if (script) {
  await runDeploymentCommand(script, args, runCdk);
} else {
  const problem = name === undefined ? 'no script was named' : `there is no script ${name}`;
  process.stderr.write(`Run npm run deploy, npm run synth or npm run destroy: ${problem}\n`);
  process.exitCode = 1;
}
