/** The name of the element, and of the wish in the address and in the storage. */
export const NAME = 'session-counter';

let wish: string | undefined;

/**
 * Whether this browser asked not to be counted on this site: by opening a page with
 * `#session-counter=ignore`, until one is opened with `#session-counter=count`. Where storage is
 * blocked the wish holds for this page load alone.
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
