import { distance as editDistance } from 'fastest-levenshtein';
import { SETTING_NAMES, type SettingName } from './counter-settings.ts';

/** The setting that `word` probably means: it has a typo, or is part of the name. */
export const nearestSetting = (word: string): SettingName | undefined => {
  const ranked = SETTING_NAMES.map((name) => ({ name, distance: measureDistance(word, name) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= best.name.length / 3 ? best.name : undefined;
};

const PART_MIN_LENGTH = 4;

const measureDistance = (word: string, name: SettingName): number => {
  const [a, b] = [simplify(word), simplify(name)];
  if (a === b) return 0;
  const isPart = a.length >= PART_MIN_LENGTH && (a.includes(b) || b.includes(a));
  return isPart ? 1 : editDistance(a, b);
};

const simplify = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
