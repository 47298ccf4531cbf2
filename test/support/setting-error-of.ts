import { SettingError } from '../../src/settings/setting-error.ts';

/** The error of a setting that `read` throws; fails when it throws another one, or none. */
export const settingErrorOf = (read: () => unknown): SettingError => {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingError) return error;
    throw error;
  }
  throw new Error('The setting was taken');
};
