import { expect, it } from 'vitest';
import { parseOptions } from '../../src/local/options.ts';
import { StartError } from '../../src/local/start-error.ts';

it.each([
  { args: [], options: { port: 3000, dataFolder: 'data', hasLegacyRoute: false, help: false } },
  { args: ['--legacy-route'], options: { hasLegacyRoute: true, hasEdge: false } },
  { args: ['--edge'], options: { hasEdge: true } },
  { args: ['--port', '0'], options: { port: 0 } },
  { args: ['--port=65535', '--data', '/tmp/x'], options: { port: 65_535, dataFolder: '/tmp/x' } },
  { args: [], options: { host: '127.0.0.1' } },
  { args: ['--host', '0.0.0.0'], options: { host: '0.0.0.0', allowedHosts: [] } },
  { args: ['--host', '::1'], options: { host: '::1', allowedHosts: [] } },
  {
    args: ['--host', 'MyHost.local', '--allowed-host', 'b'],
    options: { host: 'MyHost.local', allowedHosts: ['myhost.local', 'b'] },
  },
  { args: ['--host', 'fd00:0::5'], options: { host: 'fd00:0::5', allowedHosts: ['[fd00::5]'] } },
  { args: ['--ephemeral'], options: { dataFolder: undefined } },
  { args: [], options: { historyFolder: undefined } },
  { args: ['--ephemeral', '--history', 'h'], options: { historyFolder: 'h' } },
  { args: ['--help'], options: { help: true, allowedHosts: [] } },
  {
    args: ['--allowed-host', 'Tunnel.Example', '--allowed-host', 'b'],
    options: { allowedHosts: ['tunnel.example', 'b'] },
  },
])('$args gives $options', ({ args, options }) => {
  expect(parseOptions(args)).toMatchObject(options);
});

it.each([
  { args: ['--port', '65536'], message: '--port must be a whole number from 0 to 65535' },
  { args: ['--port', '-1'], message: '--port' },
  { args: ['--port', 'http'], message: 'but it is "http"' },
  { args: ['--ephemeral', '--data', 'x'], message: '--ephemeral keeps no data' },
  { args: ['--history', ' '], message: '--history must name a folder' },
  { args: ['--data', ''], message: '--data must name a folder' },
  { args: ['--allowed-host', 'https://a.example'], message: '--allowed-host must be a host name' },
  { args: ['--allowed-host', 'a.example:80'], message: 'without a port' },
  { args: ['--allowed-host', ''], message: '--allowed-host' },
  { args: ['--host', ''], message: '--host must be an address or host name of this machine' },
  { args: ['--host', 'http://localhost'], message: 'but it is "http://localhost"' },
  { args: ['--host', 'localhost:80'], message: 'without a port' },
  ...['0', '127.1', '999.1.1.1', '0x7f000001', 'my.0x'].map((host) => ({
    args: ['--host', host],
    message: `but it is "${host}"`,
  })),
  { args: ['--host', '[::1]'], message: 'such as 0.0.0.0 or ::' },
  { args: ['--prot', '1'], message: "'--prot'" },
  { args: ['3000'], message: '3000' },
])('$args stops the start with a reason', ({ args, message }) => {
  expect(() => parseOptions(args)).toThrow(StartError);
  expect(() => parseOptions(args)).toThrow(message);
});
