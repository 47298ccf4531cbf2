import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDeclarations } from '../../package/build-declarations.ts';
import { findMembers, formatReference } from '../../package/reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-counter-types-'));

beforeAll(() => buildDeclarations(folder));
afterAll(() => rmSync(folder, { recursive: true }));

const membersIn = (file: string) => {
  const declaration = readFileSync(join(folder, 'esm/infra', file), 'utf8');
  return { declaration, members: findMembers(declaration) };
};

const DOCUMENT = 'docs/construct.md';

it('documents the construct as its declarations do; --update writes it', async () => {
  const { members: props } = membersIn('props/session-counter-props.d.ts');
  const { members } = membersIn('session-counter.d.ts');
  const text = readFileSync(DOCUMENT, 'utf8');
  const section = /(?<=<!-- reference -->\n).*(?=<!-- \/reference -->)/s;
  expect(text).toMatch(section);
  const expected = text.replace(section, () => `${formatReference(props, members)}\n`);
  await expect(expected).toMatchFileSnapshot(`../../${DOCUMENT}`);
});

it('finds each public member, so that none lacks a comment', () => {
  const { declaration, members } = membersIn('session-counter.d.ts');
  const declared = [...declaration.matchAll(/^ {4}(?:readonly )?(\w+)[(:]/gm)].map(
    ([, name]) => name,
  );
  const undocumented = declared.filter((name) => !members.some((member) => member.name === name));
  expect(undocumented).toEqual(['constructor']);
});
