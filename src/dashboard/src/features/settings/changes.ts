type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What has to be sent so that `before` becomes `after`: objects part by part, lists and values whole. What is `undefined` in `after` is left out,
 * so that a secret which nobody touched is kept.
 */
export function changesOf(before: object, after: object): Tree {
  const changes: Tree = {};
  for (const [key, value] of Object.entries(after)) {
    const old = (before as Tree)[key];
    if (value === undefined) continue;
    if (isTree(value)) {
      const inner = changesOf(isTree(old) ? old : {}, value);
      if (Object.keys(inner).length > 0) changes[key] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(old)) changes[key] = value;
  }
  return changes;
}

/** The paths of all changed values, such as `smtp.host`. */
export function pathsOf(changes: Tree, path = ''): string[] {
  return Object.entries(changes).flatMap(([key, value]) => (isTree(value) ? pathsOf(value, `${path}${key}.`) : [path + key]));
}
