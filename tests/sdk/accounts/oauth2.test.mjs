// Sign-in through a real identity provider with the SDK's own methods (contract 7.3, 7.6).
import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { EventSource } from 'eventsource';
import { openBrowser, withoutBrowser } from '../support/browser.mjs';
import { fails } from '../support/expect.mjs';
import { back, startIdentityProvider, visit } from '../support/oidc.mjs';
import { startServer } from '../support/server.mjs';

let server, root, idp;

before(async () => {
  [server, idp] = await Promise.all([startServer({ args: ['--no-dashboard'] }), startIdentityProvider({
    people: {
      ann: { name: 'Ann Example', preferred_username: 'ann', email: 'ann@example.com', email_verified: true, picture: 'https://example.com/ann.png', groups: ['staff'] },
      bob: { name: 'Bob', email: 'bob@example.com', email_verified: false },
      eve: { name: 'Eve', email: 'eve@elsewhere.org', email_verified: true, groups: ['guests'] },
    },
  })]);
  root = await server.superuser();
});
after(async () => { await server?.stop(); await idp?.stop(); });

const use = (...providers) => root.collections.update('users', { oauth2: { enabled: true, providers } });

/** What an app does: asks for the way, sends the person there, and gives what it has afterwards. */
async function come(login, name = 'oidc') {
  const methods = await server.guest().collection('users').listAuthMethods();
  const provider = methods.oauth2.providers.find(p => p.name === name);
  const returned = await visit(provider.authURL + encodeURIComponent(back), login);
  assert.equal(returned.searchParams.get('state'), provider.state);
  return { provider, code: returned.searchParams.get('code'), verifier: provider.codeVerifier };
}

async function signIn(login, { name = 'oidc', client = server.guest(), data } = {}) {
  const { code, verifier } = await come(login, name);
  return client.collection('users').authWithOAuth2Code(name, code, verifier, back, data);
}

describe('by the discovery address', () => {
  before(() => use(idp.options()));

  it('signs up who comes for the first time and knows them afterwards', async () => {
    const client = server.guest();
    const first = await signIn('ann', { client, data: { emailVisibility: true } });
    assert.equal(first.meta.isNew, true);
    assert.deepEqual([first.meta.id, first.meta.name, first.meta.username, first.meta.email, first.meta.avatarURL, first.meta.rawUser.groups],
      ['ann', 'Ann Example', 'ann', 'ann@example.com', 'https://example.com/ann.png', ['staff']]);
    assert.match(first.meta.expiry, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual([first.record.email, first.record.verified, first.record.name, first.record.emailVisibility], ['ann@example.com', true, 'Ann Example', true]);
    assert.ok(client.authStore.isValid);
    assert.equal((await client.collection('users').authRefresh()).record.id, first.record.id);
    const again = await signIn('ann');
    assert.deepEqual([again.meta.isNew, again.record.id], [false, first.record.id]);
  });

  it('lists links and takes them away', async () => {
    const client = server.guest();
    const { record } = await signIn('ann', { client });
    const links = await client.collection('users').listExternalAuths(record.id);
    assert.deepEqual(links.map(link => [link.provider, link.providerId, link.recordRef]), [['oidc', 'ann', record.id]]);
    assert.equal(await client.collection('users').unlinkExternalAuth(record.id, 'oidc'), true);
    assert.deepEqual(await client.collection('users').listExternalAuths(record.id), []);
    // The proven address leads back.
    assert.equal((await signIn('ann', { client })).record.id, record.id);
  });

  it('does not believe an address that the provider has not proven', async () => {
    const { meta, record } = await signIn('bob', { data: { email: 'typed-in@example.com' } });
    assert.deepEqual([meta.email, record.email, record.verified], ['', 'typed-in@example.com', false]);
  });

  it('refuses a code that was used, taken from elsewhere or sent with other words', async () => {
    const { code, verifier } = await come('ann');
    const users = server.guest().collection('users');
    const refused = { status: 400, message: 'Failed to fetch OAuth2 token.', data: {} };
    await users.authWithOAuth2Code('oidc', code, verifier, back);
    await fails(users.authWithOAuth2Code('oidc', code, verifier, back), refused.status, refused.message);
    // PKCE: another verifier, or none at all.
    await fails(users.authWithOAuth2Code('oidc', (await come('ann')).code, 'A'.repeat(43), back), refused.status, refused.message);
    await fails(users.authWithOAuth2Code('oidc', (await come('ann')).code, '', back), refused.status, refused.message);
    // Another place to come back to.
    const third = await come('ann');
    await fails(users.authWithOAuth2Code('oidc', third.code, third.verifier, 'https://evil.example.com/back'), refused.status, refused.message);
    await fails(users.authWithOAuth2Code('oidc', 'made-up', third.verifier, back), refused.status, refused.message);
  });

  it('refuses a code of one provider at another', async () => {
    await use(idp.options(), idp.options('oidc2', 'other'));
    const { code, verifier } = await come('ann');
    await fails(server.guest().collection('users').authWithOAuth2Code('oidc2', code, verifier, back), 400, 'Failed to fetch OAuth2 token.');
    await use(idp.options());
  });

  it('asks for a challenge that cannot be left out', async () => {
    const methods = await server.guest().collection('users').listAuthMethods();
    const [provider] = methods.oauth2.providers;
    assert.equal(provider.codeChallengeMethod, 'S256');
    const stripped = new URL(provider.authURL + encodeURIComponent(back));
    stripped.searchParams.delete('code_challenge');
    stripped.searchParams.delete('code_challenge_method');
    const returned = await visit(stripped.href, 'ann');
    assert.equal(returned.searchParams.get('code'), null);
    assert.equal(returned.searchParams.get('error'), 'invalid_request');
  });

  it('lets in only who is on the list', async () => {
    await use(idp.options('oidc', 'hearth', { allow: { domains: ['example.com'], claims: { groups: ['staff'] } } }));
    const before = (await root.collection('users').getList(1, 1)).totalItems;
    await fails(signIn('eve'), 403, 'This account is not allowed to sign in here.');
    assert.equal((await root.collection('users').getList(1, 1)).totalItems, before);
    await signIn('ann');
    await use(idp.options());
  });

  it('maps claims to other names', async () => {
    await use(idp.options('oidc', 'hearth', { claims: { username: 'name', name: 'preferred_username' } }));
    const { meta } = await signIn('ann');
    assert.deepEqual([meta.name, meta.username], ['ann', 'Ann Example']);
    await use(idp.options());
  });
});

describe('by addresses entered by hand', () => {
  it('finds out how the provider wants to be asked', async () => {
    await use(idp.byHand('oidc', 'hearth'), idp.byHand('oidc2', 'posting'));
    assert.equal((await signIn('ann')).meta.email, 'ann@example.com');
    // The provider knows this client by fields of the form only; the code is still good after it did not recognise it.
    const { code, verifier } = await come('eve', 'oidc2');
    const answer = await server.guest().collection('users').authWithOAuth2Code('oidc2', code, verifier, back);
    assert.equal(answer.meta.id, 'eve');
  });
});

describe('the SDK\'s settings method', () => {
  it('makes a client secret for Apple', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { secret } = await root.settings.generateAppleClientSecret('com.example', 'TEAM567890', 'KEY4567890', privateKey.export({ type: 'pkcs8', format: 'pem' }), 60);
    const [header, payload, signature] = secret.split('.');
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')));
  });
});

describe('all in one', () => {
  let here, own;

  before(async () => {
    globalThis.EventSource = EventSource;
    here = `${server.url}/api/oauth2-redirect`;
    own = await startIdentityProvider({ people: { ann: { name: 'Ann', email: 'ann@example.com', email_verified: true } }, redirectUris: [here] });
    // A service that is sent again is merged into the one that is there: the one of before goes first.
    await use();
    await use(own.options());
  });
  after(async () => { delete globalThis.EventSource; await own?.stop(); });

  it('signs in with one call', async () => {
    const client = server.guest();
    let page;
    const answer = await client.collection('users').authWithOAuth2({
      provider: 'oidc',
      urlCallback: async address => {
        const returned = await visit(address, 'ann', here);
        page = await fetch(returned, { redirect: 'manual' });
      },
    });
    assert.equal(answer.record.email, 'ann@example.com');
    assert.ok(client.authStore.isValid);
    assert.deepEqual([page.status, page.headers.get('location')], [307, '../_/#/auth/oauth2-redirect-success']);
    client.realtime.unsubscribe();
  });

  it('ends with a clear error when the person refuses', async () => {
    const client = server.guest();
    await assert.rejects(client.collection('users').authWithOAuth2({
      provider: 'oidc',
      urlCallback: async address => {
        const state = new URL(address).searchParams.get('state');
        const page = await fetch(`${here}?state=${state}&error=access_denied`, { redirect: 'manual' });
        assert.equal(page.headers.get('location'), '../_/#/auth/oauth2-redirect-failure');
      },
    }), error => /OAuth2 redirect error/.test(String(error.originalError)));
    client.realtime.unsubscribe();
  });

  it('shows the person a page that says how it ended', { skip: withoutBrowser }, async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.context.newPage();
      await page.goto(`${here}?state=nobody&code=x`);
      await page.getByRole('heading', { name: 'Signing in did not work' }).waitFor();
      await page.goto(`${server.url}/_/#/auth/oauth2-redirect-success`);
      await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    } finally {
      await browser.close();
    }
  });
});
