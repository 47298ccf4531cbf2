/** The content and the color of a badge. */
export interface BadgeStyle {
  readonly metric: 'unique' | 'active';
  readonly label: string;
  /** Six lower-case hexadecimal digits. */
  readonly color: string;
}

const METRICS = {
  unique: { label: 'visitors', color: '1f6feb' },
  active: { label: 'active', color: '2da44e' },
} as const;

/** The maximum length of a badge's label. */
export const LABEL_CHARACTERS = 40;

/**
 * The badge that these query parameters describe, or, when one is invalid, a message that names the
 * parameter and the values that are allowed.
 */
export const parseBadgeStyle = (
  query: Readonly<Record<string, string | undefined>>,
): BadgeStyle | { readonly error: string } => {
  const metric = query.metric ?? 'unique';
  if (metric !== 'unique' && metric !== 'active') {
    return { error: 'metric must be unique or active.' };
  }
  const defaults = METRICS[metric];
  const label = (query.label ?? defaults.label).trim();
  const color = parseColor(query.color ?? defaults.color);
  if (!isLabel(label)) {
    return { error: `label must be 1 to ${LABEL_CHARACTERS} printable characters.` };
  }
  if (!color) return { error: 'color must be 3 or 6 hexadecimal digits, such as 1f6feb.' };
  return { metric, label, color };
};

// Control characters, and halves of surrogate pairs, are not allowed in XML at all.
const isLabel = (text: string): boolean =>
  text !== '' && [...text].length <= LABEL_CHARACTERS && !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text);

const parseColor = (text: string): string | undefined => {
  const digits = text.trim().replace(/^#/, '').toLowerCase();
  if (/^[0-9a-f]{3}$/.test(digits)) return digits.replaceAll(/./g, '$&$&');
  return /^[0-9a-f]{6}$/.test(digits) ? digits : undefined;
};
