/**
 * The results of `work` for each item, at most `limit` at a time. After a failure nothing more is started, and
 * what is running is waited for. Throws the first error.
 */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const workOff = async (): Promise<void> => {
    while (next < items.length && !failure) {
      const place = next++;
      try {
        results[place] = await work(items[place] as Item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, workOff));
  if (failure) throw failure.error;
  return results;
};
