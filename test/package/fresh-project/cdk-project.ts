import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const STACK = `import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SessionCounter } from 'session-counter';

export class SitesStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const blog = new SessionCounter(this, 'Blog', { allowedOrigins: ['https://blog.example'] });
    new SessionCounter(this, 'Shop', { retention: cdk.Duration.days(30) });
    new cdk.CfnOutput(this, 'Api', { value: blog.apiUrl });
  }
}
`;

const TEST = `import * as cdk from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { SitesStack } from '../lib/sites-stack';

test('has the tables of two counters', () => {
  const template = Template.fromStack(new SitesStack(new cdk.App(), 'Sites'));
  template.resourceCountIs('AWS::DynamoDB::Table', 4);
});
`;

/** An app of two counters that prints the names of its outputs. */
export const ESM_APP = `import { App, Stack } from 'aws-cdk-lib';
import { SessionCounter } from 'session-counter';

const app = new App();
const stack = new Stack(app, 'Sites');
new SessionCounter(stack, 'Blog');
new SessionCounter(stack, 'Shop');
console.log(Object.keys(app.synth().getStackByName('Sites').template.Outputs).join(' '));
`;

// Checks the declarations, too. exactOptionalPropertyTypes does not hold in those of the CDK.
const STRICT = JSON.stringify({
  extends: './tsconfig.json',
  compilerOptions: { skipLibCheck: false, types: ['node'] },
  include: ['bin', 'lib', 'esm.mts'],
});

/**
 * Creates the project `sites` in `folder` with `cdk init`, and writes a stack of two counters, a
 * test of it, and an app as an ES module. Returns the folder of the project.
 */
export const createCdkProject = (folder: string): string => {
  const project = join(folder, 'sites');
  mkdirSync(project);
  const init = ['init', 'app', '--language', 'typescript', '--generate-only'];
  const cdk = resolve('node_modules/aws-cdk/bin/cdk');
  const { status, stderr } = spawnSync(process.execPath, [cdk, ...init], { cwd: project });
  if (status !== 0) throw new Error(`cdk init failed: ${stderr}`);
  const files = {
    'lib/sites-stack.ts': STACK,
    'test/sites.test.ts': TEST,
    'esm.mjs': ESM_APP,
    'esm.mts': ESM_APP,
    'tsconfig.strict.json': STRICT,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  return project;
};
