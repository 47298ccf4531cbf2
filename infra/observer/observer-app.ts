import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { writeObserverBundle } from '../bundling/bundles.ts';
import { OBSERVER_VARIABLES } from './observer-names.ts';
import { addObserverStack } from './observer-stack.ts';

const { [OBSERVER_VARIABLES.stack]: name, [OBSERVER_VARIABLES.stream]: streamArn } = process.env;
if (!name || !streamArn) throw new Error('This app is run by npm run observe');

const app = new App();
await writeObserverBundle();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
addObserverStack(app, { name, streamArn });
