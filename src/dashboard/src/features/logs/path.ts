/** An address for a person: what is escaped is written out, and what every address begins with is left out. */
export function pathOf(url: string): string {
  let text = url;
  try {
    text = decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    // Not everything that is asked for is well escaped; then it is shown as it came.
  }
  return text.replace(/^\/api\/collections\//, '').replace(/^\/api\//, '');
}
