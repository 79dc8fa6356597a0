import { expect, it } from 'vitest';
import { withoutHandlers } from './html';

it('renames event handlers in tags, and nothing in the text between them', () => {
  expect(withoutHandlers('<img src=x onerror="a()">')).toBe('<img src=x data-onerror="a()">');
  expect(withoutHandlers('<svg/onload=a()>')).toBe('<svg/data-onload=a()>');
  expect(withoutHandlers('<IMG ONERROR = a()>')).toBe('<IMG data-ONERROR = a()>');
  expect(withoutHandlers('<p>set onclick= yourself</p>')).toBe('<p>set onclick= yourself</p>');
});
