/** A process that takes the lock file of its first argument and has it until it is killed. */
import { acquireLock } from '../../src/local/folder-lock.ts';

const [file = ''] = process.argv.slice(2);
const lock = await acquireLock(file, () => undefined);
process.stdout.write(lock ? 'taken' : 'refused');
if (lock) setInterval(() => lock, 60_000);
