/** The beginning of a value as JSON. It stops when it has enough, so that ten megabytes cost no more than ten lines. */
export function jsonExcerpt(value: unknown, most: number): string {
  const parts: string[] = [];
  let length = 0;
  const add = (text: string): boolean => {
    parts.push(text);
    length += text.length;
    return length < most;
  };
  const walk = (one: unknown): boolean => {
    if (typeof one === 'string') return add(JSON.stringify(one.length > most ? one.slice(0, most) : one));
    if (one === null || typeof one !== 'object') return add(String(one));
    if (Array.isArray(one)) {
      if (!add('[')) return false;
      for (let at = 0; at < one.length; at++) if (!add(at > 0 ? ',' : '') || !walk(one[at])) return false;
      return add(']');
    }
    if (!add('{')) return false;
    let first = true;
    for (const key in one) {
      if (!add(`${first ? '' : ','}${JSON.stringify(key)}:`) || !walk((one as Record<string, unknown>)[key])) return false;
      first = false;
    }
    return add('}');
  };
  const whole = walk(value);
  const text = parts.join('');
  return whole && text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** The beginning of a text, on one line. */
export const textExcerpt = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text).replace(/\s+/g, ' ');

/** Tags and comments taken out of HTML, for reading only. */
export const plainText = (html: string): string =>
  html
    .slice(0, 4000)
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
