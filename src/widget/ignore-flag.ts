/** The name of the element, of the flag in the URL's fragment, and of its local storage key. */
export const NAME = 'session-counter';

let wish: string | undefined;

/**
 * Whether this browser opted out on this site: by opening a page with `#session-counter=ignore`,
 * until one is opened with `#session-counter=count`. If storage is blocked, the flag only applies to
 * this page load.
 */
export const isIgnored = (): boolean => {
  const asked = location.hash.split(`#${NAME}=`)[1];
  try {
    if (asked) localStorage[NAME] = asked;
    wish = localStorage[NAME];
  } catch {
    wish = asked ?? wish;
  }
  return wish === 'ignore';
};
