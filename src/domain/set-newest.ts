/**
 * Sets a key of a map with at most `capacity` entries, as its newest. If there are more, the oldest one is dropped: the
 * one that was set longest ago, because a Map keeps the order in which its keys were set.
 */
export const setNewest = <Value>(
  map: Map<string, Value>,
  capacity: number,
  key: string,
  value: Value,
): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > capacity && oldest !== undefined) map.delete(oldest);
};
