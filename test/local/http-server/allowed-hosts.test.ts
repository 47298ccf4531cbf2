import { expect, it } from 'vitest';
import { hasAllowedHost, isAllowedHost } from '../../../src/local/http-server/allowed-hosts.ts';

const OTHERS = ['counter.example'];

it.each([
  'localhost',
  'localhost:3000',
  'LocalHost:3000',
  '127.0.0.1:3000',
  '[::1]:3000',
  // A tunnel has its own port.
  'localhost:8080',
  'counter.example',
  'Counter.Example:443',
])('the host %s is allowed', (host) => {
  expect(isAllowedHost(host, OTHERS)).toBe(true);
});

it.each([
  '',
  ':3000',
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  'evil-localhost',
  'localhost@evil.example',
  'localhost:3000:evil.example',
  'localhost:3000/evil.example',
  'localhost evil.example',
  'evil.counter.example',
  '127.0.0.1.evil.example',
  '127.0.0.10',
  '0.0.0.0',
  '[::2]',
  '[::1',
  '192.168.1.7',
])('the host %s is not allowed', (host) => {
  expect(isAllowedHost(host, OTHERS)).toBe(false);
});

it.each([
  'http://localhost:3000',
  'https://127.0.0.1',
  'http://[::1]:5173',
  'https://counter.example',
])('the origin %s has an allowed host', (origin) => {
  expect(hasAllowedHost(origin, OTHERS)).toBe(true);
});

it.each([
  'null',
  '',
  'https://evil.example',
  'http://localhost.evil.example',
  'file://localhost',
  'localhost',
])('the origin %s does not have an allowed host', (origin) => {
  expect(hasAllowedHost(origin, OTHERS)).toBe(false);
});
