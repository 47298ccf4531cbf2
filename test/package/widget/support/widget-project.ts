import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WIDGET_EXPORTS } from '../../../../package/widget-exports.ts';
import { buildWidget } from '../../../../src/local/widget-bundle.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/**
 * Creates a project in which the widget's part of the package is installed, and this project's copies of
 * `packages`. It is removed after the test.
 */
export const createWidgetProject = async (packages: readonly string[] = []): Promise<string> => {
  const project = temporaryFolder();
  const installed = join(project, 'node_modules/session-counter');
  cpSync('package/widget', join(installed, 'widget'), { recursive: true });
  writeFileSync(join(installed, 'widget/widget.js'), await buildWidget());
  writeJson(join(installed, 'package.json'), {
    ...{ name: 'session-counter', version: '0.0.0', type: 'module', exports: WIDGET_EXPORTS },
  });
  for (const name of packages) link(name, project);
  writeJson(join(project, 'package.json'), { type: 'module' });
  return project;
};

const link = (name: string, project: string): void => {
  const path = join(project, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(resolve('node_modules', name), path, 'junction');
};

/** Writes `value` as JSON. */
export const writeJson = (file: string, value: unknown): void =>
  writeFileSync(file, JSON.stringify(value));
