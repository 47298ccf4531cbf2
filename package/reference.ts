/** A documented property or method of a declaration. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  /** The text of `@default`, if any. */
  readonly default: string | undefined;
}

const MEMBER = / {4}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {4}(?:readonly )?(\w+)(\??[:(][^;]*);/g;

/**
 * The members of the class or interface that a declaration file of TypeScript declares, in its order;
 * those without a comment are left out.
 */
export const findMembers = (declaration: string): Member[] =>
  [...declaration.matchAll(MEMBER)].map(([, comment = '', name = '', rest = '']) => {
    const [meaning = '', byDefault] = textOf(comment).split(/\s*@default\s+/);
    return { name, type: typeOf(rest), meaning, default: byDefault };
  });

const textOf = (comment: string): string =>
  comment
    .replaceAll(/^\s*\*? ?/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

// `?: string` is an optional property, `(x: string): Metric` a method.
const typeOf = (rest: string): string =>
  rest.replace(/^\?/, '').replace(/^: /, '').replaceAll(/\s+/g, ' ');

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The reference of the construct in Markdown: a table of its props and one of its members. */
export const formatReference = (props: readonly Member[], members: readonly Member[]): string =>
  [
    '## Props',
    '',
    '| prop | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...props.map(
      (prop) =>
        `| ${code(prop.name)} | ${code(prop.type)} | ${cell(prop.default ?? 'none')} | ${cell(prop.meaning)} |`,
    ),
    '',
    '## Members',
    '',
    '| member | type | meaning |',
    '| --- | --- | --- |',
    ...members.map(({ name, type, meaning }) =>
      type.startsWith('(')
        ? `| ${code(`${name}()`)} | ${code(type.replace(/^.*\): /, ''))} | ${cell(meaning)} |`
        : `| ${code(name)} | ${code(type)} | ${cell(meaning)} |`,
    ),
  ].join('\n');
