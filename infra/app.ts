import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { writeBundles } from './bundles.ts';
import { readProps, readStackName } from './context.ts';
import { addOutputs } from './outputs.ts';
import { SessionCounter } from './session-counter.ts';

await writeBundles();

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const name = readStackName(app.node);
const stack = new Stack(app, name, { description: 'An exact, private visitor counter' });
addOutputs(stack, new SessionCounter(stack, 'Counter', { name, ...readProps(app.node) }));
