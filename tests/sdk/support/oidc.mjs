// A real OpenID Connect identity provider (npm `oidc-provider`) on the loopback interface, and a person with a browser who signs in to it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './server.mjs';

/** Where the app of the tests takes people back to. Nobody listens there: the person stops at it. */
export const back = 'http://127.0.0.1:1/back';

/**
 * Starts an identity provider.
 * @param people        claims by login, such as `{ ann: { email, email_verified, name } }`
 * @param redirectUris  where its clients may send people to
 */
export async function startIdentityProvider({ people = {}, redirectUris = [back] } = {}) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const client = (client_id, more = {}) => ({ client_id, client_secret: `${client_id}-secret-${'x'.repeat(32)}`, redirect_uris: redirectUris, ...more });
  const clients = [client('hearth'), client('posting', { token_endpoint_auth_method: 'client_secret_post' }), client('other')];
  const provider = new Provider(issuer, {
    clients,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'picture', 'groups'] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 600, Grant: 600 },
  });
  provider.on('server_error', (_, error) => console.error('identity provider:', error));
  const server = createServer(provider.callback()).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer, people, clients,
    /** Options of a provider of a collection, found by its discovery address. */
    options: (name = 'oidc', clientId = 'hearth', extra = {}) =>
      ({ name, clientId, clientSecret: clients.find(c => c.client_id === clientId).client_secret, extra: { discoveryURL: issuer, ...extra } }),
    /** The same with addresses entered by hand. */
    byHand: (name = 'oidc', clientId = 'hearth') => ({
      name, clientId, clientSecret: clients.find(c => c.client_id === clientId).client_secret,
      authURL: `${issuer}/auth`, tokenURL: `${issuer}/token`, userInfoURL: `${issuer}/me`,
    }),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A person: goes to the address, enters the login, agrees, and stops where the provider sends them back to. Gives that address. */
export async function visit(address, login, until = back) {
  const jar = new Map();
  let url = address, form;
  for (let step = 0; step < 20; step++) {
    if (url.startsWith(until)) return new URL(url);
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
      jar.set(name, value);
    }
    const page = await answer.text();
    const location = answer.headers.get('location');
    if (location) {
      [url, form] = [new URL(location, url).href, undefined];
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (!prompt) throw new Error(`no way on from ${url}: ${answer.status} ${page.replace(/<style[\s\S]*?<\/style>/g, '').slice(0, 2000)}`);
    [url, form] = [new URL(/action="([^"]+)"/.exec(page)[1], url).href, { prompt, login, password: 'any' }];
  }
  throw new Error(`still not back from ${url}`);
}
