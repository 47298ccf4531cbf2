import { createAnnouncer } from './announce.ts';
import { element } from './element.ts';
import { createGrid } from './grid.ts';
import { createPageHeader } from './page-header.ts';
import { rangeInUrl } from './range-navigation.ts';
import { readData } from './read-data.ts';
import { refreshDelay } from './refresh-delay.ts';
import { onThemeChange } from './theme.ts';

const grid = createGrid();
const announcer = createAnnouncer();
let latestRead = 0;
let delay = refreshDelay(0);

// A response that a newer request has overtaken is ignored.
const refresh = async (): Promise<void> => {
  latestRead += 1;
  const read = latestRead;
  const data = await readData(rangeInUrl());
  if (read !== latestRead) return;
  if ('message' in data) return header.fail(data.message);
  delay = refreshDelay(data.rangeMs);
  header.update(data);
  grid.update(data);
  announcer.update(data.alarms);
};

const header = createPageHeader(() => void refresh());

const refreshWhileVisible = async (): Promise<void> => {
  if (document.visibilityState === 'visible') await refresh();
  setTimeout(refreshWhileVisible, delay);
};

document.body.replaceChildren(
  ...[header.element, element('main', {}, grid.element), announcer.element],
);
onThemeChange(grid.redraw);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh();
});
void refreshWhileVisible();
