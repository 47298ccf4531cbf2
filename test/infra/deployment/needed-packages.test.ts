import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  checkNeededPackages,
  type FindFile,
  findCdk,
} from '../../../infra/deployment/needed-packages.ts';

const installed =
  (...files: string[]): FindFile =>
  (file) =>
    files.includes(file) ? `/somewhere/${file}` : undefined;

it('finds the command of the CDK and everything else that a deployment needs', () => {
  expect(existsSync(findCdk())).toBe(true);
  expect(() => checkNeededPackages()).not.toThrow();
});

it('prefers the CDK of the project in the working directory', () => {
  const find: FindFile = (file, from) =>
    `${from.endsWith('package.json') ? 'project' : 'own'}/${file}`;
  expect(findCdk(find)).toBe('project/aws-cdk/bin/cdk');
});

it('takes the CDK that is installed beside this code where the project has none', () => {
  const find: FindFile = (file, from) => (from.endsWith('package.json') ? undefined : file);
  expect(findCdk(find)).toBe('aws-cdk/bin/cdk');
});

it('names each package that is missing, and the command that installs it', () => {
  expect(() => checkNeededPackages(installed('constructs/package.json'))).toThrow(
    'This command needs packages that are not installed: aws-cdk, aws-cdk-lib. Run: npm ci',
  );
  expect(() => findCdk(installed())).toThrow('not installed: aws-cdk. Run:');
});

const inProject =
  (...files: string[]): FindFile =>
  (file, from) =>
    from.endsWith('package.json') && files.includes(file) ? `project/${file}` : undefined;

const CDK = ['aws-cdk/bin/cdk', 'aws-cdk-lib/package.json', 'constructs/package.json'];

it('names what to install into a project for the command that npx took from elsewhere', () => {
  expect(() => checkNeededPackages(inProject(), true)).toThrow(
    'Run: npm install session-counter aws-cdk aws-cdk-lib constructs',
  );
  expect(() => checkNeededPackages(inProject(...CDK), true)).toThrow(
    /not installed: aws-cdk-lib, constructs. Run: npm install session-counter$/,
  );
});

it('names the command of the project when only a global one lacks its packages', () => {
  const find = inProject('session-counter/package.json', ...CDK);
  expect(() => checkNeededPackages(find, true)).toThrow(
    /constructs, beside .*. Use the one of this project: npx session-counter$/,
  );
});
