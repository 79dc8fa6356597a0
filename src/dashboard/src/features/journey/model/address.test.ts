import { expect, it } from 'vitest';
import { wishOf } from './address';

it.each([
  ['GET', '/api/collections/airports/records?page=2', 'list', 'airports'],
  ['GET', '/api/collections/airports/records/x1', 'view', 'airports'],
  ['POST', '/api/collections/airports/records', 'create', 'airports'],
  ['PATCH', '/api/collections/airports/records/x1', 'update', 'airports'],
  ['DELETE', '/api/collections/airports/records/x1', 'delete', 'airports'],
  ['POST', '/api/collections/users/auth-with-password', 'signin', 'users'],
  ['POST', '/api/collections/users/auth-refresh', 'refresh', 'users'],
  ['POST', '/api/collections/users/request-otp', 'account', 'users'],
  ['GET', '/api/collections/meta/scaffolds', 'collections', ''],
  ['PATCH', '/api/collections/posts', 'collections', ''],
  ['GET', '/api/files/posts/x1/a.png?thumb=100x100', 'file', 'posts'],
  ['POST', '/api/batch', 'batch', ''],
  ['GET', '/api/health', 'other', ''],
  ['GET', '/index.html', 'page', ''],
  ['GET', '/api/collections/%E0%A4%A/records', 'list', '%E0%A4%A'],
])('%s %s is %s of %s', (method, url, kind, collection) => expect(wishOf(method, url)).toEqual({ kind, collection }));
