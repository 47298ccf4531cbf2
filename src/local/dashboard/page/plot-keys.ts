/** The index to which a key moves from `index`; undefined if the key moves nothing. Without an index, from the end. */
export const nextIndex = (
  key: string,
  index: number | undefined,
  { length }: { readonly length: number },
): number | undefined => {
  const last = length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(0, (index ?? length) - 1),
    ArrowRight: Math.min(last, (index ?? last) + 1),
    ...{ Home: 0, End: last },
  };
  return length > 0 && Object.hasOwn(targets, key) ? targets[key] : undefined;
};
