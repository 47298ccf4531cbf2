import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HeaderSet } from '../../support/header-sets/header-set.ts';
import type { HeaderServer } from './header-server.ts';

const run = promisify(execFile);

interface Client {
  readonly version: () => Promise<string>;
  /** Sends a POST with this user agent. `folder` is empty, and its own. */
  readonly send: (url: string, userAgent: string, folder: string) => Promise<unknown>;
}

const python = (code: string, ...args: string[]) => run('python3', ['-c', code, ...args]);

const GO = `package main
import ("net/http"; "os")
func main() {
  request, _ := http.NewRequest("POST", os.Args[1], nil)
  request.Header.Set("User-Agent", os.Args[2])
  if _, err := http.DefaultClient.Do(request); err != nil { panic(err) }
}`;

const AXIOS = '1.21.1';

/** HTTP clients that are told to claim to be Chrome, and nothing else. */
const CLIENTS: Readonly<Record<string, Client>> = {
  curl: {
    version: async () => (await run('curl', ['--version'])).stdout.split(' ')[1] ?? '',
    send: (url, userAgent) => run('curl', ['-sf', '-X', 'POST', '-A', userAgent, url]),
  },
  'Python requests': {
    version: async () => (await python('import requests; print(requests.__version__)')).stdout,
    send: (url, userAgent) =>
      python(
        'import requests, sys; requests.post(sys.argv[1], headers={"User-Agent": sys.argv[2]})',
        ...[url, userAgent],
      ),
  },
  'Python urllib': {
    version: async () => (await run('python3', ['--version'])).stdout.replace('Python ', ''),
    send: (url, userAgent) =>
      python(
        'import sys; from urllib.request import *; urlopen(Request(sys.argv[1], method="POST", headers={"User-Agent": sys.argv[2]}))',
        ...[url, userAgent],
      ),
  },
  'Go net/http': {
    version: async () => (await run('go', ['env', 'GOVERSION'])).stdout.replace('go', ''),
    send: (url, userAgent, folder) => {
      const file = join(folder, 'main.go');
      writeFileSync(file, GO);
      return run('go', ['run', file, url, userAgent], { env: { ...process.env, TMPDIR: folder } });
    },
  },
  'Node.js fetch (undici)': {
    version: async () => process.versions.undici ?? '',
    send: (url, userAgent) => fetch(url, { method: 'POST', headers: { 'user-agent': userAgent } }),
  },
  'Node.js http': {
    version: async () => process.versions.node,
    send: (url, userAgent) =>
      new Promise((resolve, reject) => {
        request(url, { method: 'POST', headers: { 'user-agent': userAgent } })
          .on('response', (response) => response.resume().on('end', resolve))
          .on('error', reject)
          .end();
      }),
  },
  axios: {
    version: async () => AXIOS,
    send: async (url, userAgent, folder) => {
      await run('npm', [
        'install',
        '--prefix',
        folder,
        '--no-audit',
        '--no-fund',
        `axios@${AXIOS}`,
      ]);
      const code = `require('axios').post(process.argv[1], null, { headers: { 'User-Agent': process.argv[2] } })`;
      return run(process.execPath, ['-e', code, url, userAgent], { cwd: folder });
    },
  },
};

/** The headers of HTTP clients that claim to be this browser. Throws when a client is not installed. */
export const recordClients = async (
  { httpPort, received }: HeaderServer,
  userAgent: string,
): Promise<HeaderSet[]> => {
  const sets: HeaderSet[] = [];
  for (const [name, { version, send }] of Object.entries(CLIENTS)) {
    const folder = mkdtempSync(join(tmpdir(), 'session-counter-client-'));
    received.clear();
    await send(`http://localhost:${httpPort}/sessions`, userAgent, folder);
    rmSync(folder, { recursive: true });
    const client = `${name} ${(await version()).trim()}`;
    sets.push({ client, headers: received.get('/sessions') ?? {} });
  }
  return sets;
};
