import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countsOf } from '../support/local-counter.ts';
import { failStartScript, runStartCommand } from '../support/start-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

// A separate mount and network namespace, as in a container. Needs root or unprivileged namespaces.
const canMount = spawnSync('unshare', ['-rmn', 'true']).status === 0;
const withMounts = (script: string): string => `exec unshare -rmn sh -c '${script}' sh "$@"`;

useEmbeddedDynamoDB();

const advice = 'Fix this, or choose another folder: npm start -- --data DIR\n';

it('reports a file size limit and leaves no partial key', async () => {
  const dataFolder = join(temporaryFolder(), 'data');
  expect(await failStartScript('ulimit -f 0; exec "$@"', dataFolder)).toEqual({
    code: 1,
    output: `The data folder ${dataFolder} cannot be used: the file size limit (ulimit -f) is too low. ${advice}`,
  });
  expect(readdirSync(dataFolder)).toEqual(['lock']);
});

it.runIf(canMount)('reports a full disk and leaves no partial key', async () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  const script = `mount -t tmpfs -o size=16k none ${folder}
    head -c 100000 /dev/zero >${folder}/filler 2>/dev/null
    "$@"; code=$?
    ls -A "$DATA"
    exit $code`;
  expect(await failStartScript(withMounts(script), dataFolder)).toEqual({
    code: 1,
    output: `The data folder ${dataFolder} cannot be used: the disk is full. ${advice}lock\n`,
  });
});

it.runIf(canMount)('reports a read-only folder', async () => {
  const folder = temporaryFolder();
  const script = `mount --bind ${folder} ${folder} && mount -o remount,bind,ro ${folder} && "$@"`;
  expect(await failStartScript(withMounts(script), folder)).toEqual({
    code: 1,
    output: `The data folder ${folder} cannot be used: its file system is read-only. ${advice}`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

it.runIf(canMount)('does not use a folder that is in use under another path', async () => {
  const dataFolder = temporaryFolder();
  const mounted = temporaryFolder();
  const { url } = await runStartCommand('--port', '0', '--data', dataFolder);
  const script = `ip link set lo up; mount --bind ${dataFolder} ${mounted} && "$@"`;
  expect(await failStartScript(withMounts(script), mounted)).toEqual({
    code: 1,
    output: `The data folder ${mounted} is in use: a counter is running at ${url}\n`,
  });
  expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
});

it('creates nothing if a setting is malformed', async () => {
  const dataFolder = join(temporaryFolder(), 'data');
  const { code } = await failStartScript('ACTIVE_SHARDS=many exec "$@"', dataFolder);
  expect({ code, isThere: existsSync(dataFolder) }).toEqual({ code: 1, isThere: false });
});
