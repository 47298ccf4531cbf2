import { findEmulatorBinary, type System } from '../../src/local/emulator-binary.ts';
import type { Machine } from './capabilities.ts';

/**
 * This machine, or the one that the variable TEST_PLATFORM plays, such as `darwin-arm64`: tests that need
 * what it lacks are skipped.
 */
export const describeMachine = (env: NodeJS.ProcessEnv): Machine => {
  const system = systemOf(env.TEST_PLATFORM);
  const hasOtherDynamoDB = Boolean(env.AWS_ENDPOINT_URL_DYNAMODB);
  return { ...system, hasEmulator: hasEmulator(system), hasOtherDynamoDB };
};

const systemOf = (played: string | undefined): System => {
  if (!played) return { platform: process.platform, arch: process.arch };
  const [platform, arch = ''] = played.split('-');
  return { platform: platform as NodeJS.Platform, arch };
};

const hasEmulator = (system: System): boolean => {
  try {
    findEmulatorBinary(system);
    return true;
  } catch {
    return false;
  }
};
