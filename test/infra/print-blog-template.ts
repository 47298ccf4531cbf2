/** Prints the template of a counter named `blog`, and a name for each of its resources, as JSON. */
import { synthesize } from './synthesize.ts';

const { text, pathOf } = synthesize({ runbookUrl: 'https://example.org/operations' });
const template = JSON.parse(text);
const paths = Object.keys(template.Resources).map((id) => [id, pathOf(id)]);
const pseudo = { 'AWS::Region': 'local', 'AWS::Partition': 'aws' };
process.stdout.write(
  JSON.stringify({ template, names: { ...Object.fromEntries(paths), ...pseudo } }),
);
