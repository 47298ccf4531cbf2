/** A part of a line of text. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

// Only addresses of the web are links, so that no text can run a script.
const PART =
  /\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|\[(?<text>[^\]]+)\]\((?<url>https?:\/\/[^\s)]+)\)/g;

/** The parts of a line in Markdown: bold, code and links of the web; all else is text. */
export const parseInline = (line: string): Inline[] => {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(PART)) {
    if (match.index > end) parts.push({ kind: 'text', text: line.slice(end, match.index) });
    parts.push(readPart(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push({ kind: 'text', text: line.slice(end) });
  return parts;
};

const readPart = ({ strong, code, text = '', url = '' }: Record<string, string>): Inline => {
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return code === undefined ? { kind: 'link', text, url } : { kind: 'code', text: code };
};
