import { deploy } from './deployment/deploy.ts';
import { runCommand } from './deployment/run-command.ts';

await runCommand('deploy', deploy);
