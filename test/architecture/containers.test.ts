import { readFileSync } from 'node:fs';
import { subset } from 'semver';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { externalDynamoDBLines } from '../../src/local/external-dynamodb-lines.ts';
import { parseOptions } from '../../src/local/options.ts';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The major version of Node.js that an image such as `node:24-slim` has. */
const versionOf = (image: string): string => /^node:(\d+)(-slim)?$/.exec(image)?.[1] ?? '';

describe('compose.yaml', () => {
  const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8'));
  const { counter, dynamodb } = services;

  const [npm, start, separator, ...args] = counter.command.split(' ');
  const options = parseOptions(args);

  it('runs npm start with options that it has', () => {
    expect([npm, start, separator]).toEqual(['npm', 'start', '--']);
    expect(options.help).toBe(false);
  });

  it('listens where Docker can reach it, and publishes the port to this machine only', () => {
    expect(options.host).toBe('0.0.0.0');
    expect(counter.ports).toEqual([`127.0.0.1:3000:${options.port}`]);
    expect(dynamodb.ports).toBeUndefined();
  });

  it('uses the DynamoDB of the other service, from the image that the error message names', () => {
    expect(counter.environment).toEqual({ AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb:8000' });
    expect(counter.depends_on).toEqual(['dynamodb']);
    expect(externalDynamoDBLines('linux')).toContain(` ${dynamodb.image}\n`);
  });

  it('keeps the counts and the hash key in volumes', () => {
    expect(counter.volumes).toEqual([`data:${options.dataFolder}`]);
    expect(dynamodb.volumes).toEqual(['dynamodb:/data']);
    expect(dynamodb.command).toContain('-dbPath /data');
    expect(Object.keys(volumes)).toEqual(['data', 'dynamodb']);
  });

  it('installs in an image with a Node.js that package.json names', () => {
    const [from, ...steps] = counter.build.dockerfile_inline.trim().split('\n');
    const version = versionOf(from.replace('FROM ', ''));
    expect(subset(version, engines.node)).toBe(true);
    expect(steps).toContain('RUN npm ci');
    expect(steps).toContain(
      `RUN mkdir /counter ${options.dataFolder} && chown node /counter /data`,
    );
  });

  it('sends Docker nothing that git ignores, and not the history', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');
    const folders = readFileSync('.gitignore', 'utf8').match(/^[\w.-]+(?=\/$)/gm) ?? [];
    expect(folders.length).toBeGreaterThan(4);
    expect(ignored.sort()).toEqual(['.git', ...folders].sort());
  });
});

describe('devcontainer.json', () => {
  const settings = JSON.parse(readFileSync('.devcontainer/devcontainer.json', 'utf8'));

  it('installs the project on a Node.js that package.json names', () => {
    expect(subset(versionOf(settings.image), engines.node)).toBe(true);
    expect(settings.postCreateCommand).toBe('npm ci');
  });

  it('forwards the port of npm start', () => {
    const { port } = parseOptions([]);
    expect(settings.forwardPorts).toEqual([port]);
    expect(Object.keys(settings.portsAttributes)).toEqual([String(port)]);
  });
});
