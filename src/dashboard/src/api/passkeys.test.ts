import { afterEach, expect, test, vi } from 'vitest';
import { passkeysWork, passkeyTrouble } from './passkeys';

afterEach(() => vi.unstubAllGlobals());

test('passkeys want a name that a browser trusts', () => {
  const at = (hostname: string, isSecureContext = true) => {
    vi.stubGlobal('window', { isSecureContext, PublicKeyCredential: class {}, location: { hostname } });
    return passkeysWork();
  };
  expect(['localhost', 'app.example.com', '1.example.com'].map((name) => at(name))).toEqual([true, true, true]);
  expect(['127.0.0.1', '192.168.1.20', '[::1]'].map((name) => at(name))).toEqual([false, false, false]);
  expect(at('app.example.com', false)).toBe(false);
  vi.stubGlobal('window', { isSecureContext: true, location: { hostname: 'localhost' } });
  expect(passkeysWork()).toBe(false);
});

test('what a browser says about a passkey is known by its kind', () => {
  const named = (name: string) => Object.assign(new Error('some words of a browser'), { name });
  expect(passkeyTrouble(named('NotAllowedError'))).toBe('givenUp');
  expect(passkeyTrouble(named('InvalidStateError'))).toBe('known');
  expect(passkeyTrouble(named('SecurityError'))).toBe('elsewhere');
  expect(passkeyTrouble(named('TypeError'))).toBeUndefined();
  expect(passkeyTrouble('words')).toBeUndefined();
});
