import { describe, expect, it } from 'vitest';
import { isChange, isEmpty } from './statements';

describe('what a statement does', () => {
  it.each(['delete from users', '  \n-- tidy up\nUPDATE users SET name = 1', '/* a; b */ drop table x', 'SELECT 1; INSERT INTO x VALUES (1)'])(
    '“%s” is a change',
    (sql) => expect(isChange(sql)).toBe(true),
  );

  it.each([
    'SELECT 1',
    "select ';delete from users'",
    'select "update" from x',
    '-- delete\nselect 1',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'EXPLAIN SELECT 1',
    '',
  ])('“%s” only reads', (sql) => expect(isChange(sql)).toBe(false));

  it('knows when there is nothing to run', () => {
    expect(isEmpty(' ;; -- nothing')).toBe(true);
    expect(isEmpty("''")).toBe(false);
  });
});
