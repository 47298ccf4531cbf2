/**
 * Records the headers with which the installed Chromium and HTTP clients send visits, for the tests of the filters.
 * Needs openssl, curl, Python with requests, Go, and npm's registry.
 */
import { writeFileSync } from 'node:fs';
import { chrome } from '../../support/browsers.ts';
import { recordChromium } from './chromium-headers.ts';
import { recordClients } from './client-headers.ts';
import { startHeaderServer } from './header-server.ts';

const FOLDER = 'test/support/header-sets';
const write = (name: string, sets: unknown): void =>
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(sets, undefined, 2)}\n`);

await using server = await startHeaderServer();
write('chromium', await recordChromium(server));
write('clients', await recordClients(server, chrome()));
