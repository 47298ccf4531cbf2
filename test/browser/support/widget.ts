import { buildWidget } from '../../../src/local/widget-bundle.ts';

let widget: Promise<string> | undefined;

/** The widget's script, bundled once per test file. */
export const widgetScript = (): Promise<string> => {
  widget ??= buildWidget();
  return widget;
};
