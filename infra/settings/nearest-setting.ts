import { distance } from 'fastest-levenshtein';
import { SETTING_NAMES, type SettingName } from './counter-settings.ts';

/** The setting that someone meant who wrote `word`, if one is near: a slip, or a part of its name. */
export const nearestSetting = (word: string): SettingName | undefined => {
  const ranked = SETTING_NAMES.map((name) => ({ name, far: farness(word, name) }));
  const [best] = ranked.sort((a, b) => a.far - b.far);
  return best && best.far <= best.name.length / 3 ? best.name : undefined;
};

const PART_MIN_LENGTH = 4;

const farness = (word: string, name: SettingName): number => {
  const [a, b] = [simplify(word), simplify(name)];
  const isPart = a.length >= PART_MIN_LENGTH && (a.includes(b) || b.includes(a));
  return isPart ? 1 : distance(a, b);
};

const simplify = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
