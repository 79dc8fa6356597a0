// A real SMTP server on the loopback interface, with certificates of its own authority, that keeps what it gets as parsed mails.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const patienceMs = 60_000;
const run = promisify(execFile);

/**
 * An authority and a certificate for localhost and 127.0.0.1 that it signed. Name `ca` in SSL_CERT_FILE and a program trusts it, as it would trust any authority
 * that the machine knows.
 */
export async function makeCertificates(names = 'DNS:localhost,IP:127.0.0.1') {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-certificates-'));
  const at = name => join(folder, name);
  const openssl = (...args) => run('openssl', args);
  await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Test authority', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=mail', '-keyout', at('key.pem'), '-out', at('request.pem'));
  await writeFile(at('names'), `subjectAltName=${names}\n`);
  await openssl('x509', '-req', '-days', '2', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names'), '-out', at('cert.pem'));
  return { ca: at('ca.pem'), key: await readFile(at('key.pem')), cert: await readFile(at('cert.pem')), remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts an SMTP server.
 * @param certificates what `makeCertificates` gave; without them there is no TLS
 * @param implicit     TLS from the first byte instead of STARTTLS
 * @param user         `{name, password}` that must be signed in with
 * @param port         0 takes a free one
 * @param refuse       text of a recipient that is refused for good
 * @param options      further options of smtp-server
 */
export async function startMailServer({ certificates, implicit = false, user, port = 0, refuse, options = {} } = {}) {
  const mails = [], sessions = [], taken = new Set();
  const server = new SMTPServer({
    secure: implicit,
    ...(certificates ? { key: certificates.key, cert: certificates.cert } : {}),
    disabledCommands: [...(certificates ? [] : ['STARTTLS']), ...(user ? [] : ['AUTH'])],
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: ({ method, username, password }, session, done) => {
      sessions.push({ method, secure: session.secure });
      return username === user.name && password === user.password ? done(null, { user: username }) : done(new Error('no such user or password'));
    },
    onRcptTo: ({ address }, session, done) => done(address === refuse ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      const parts = [];
      stream.on('data', part => parts.push(part)).on('end', async () => {
        const raw = Buffer.concat(parts);
        const { envelope, secure, hostNameAppearsAs, user: signedIn } = session;
        mails.push(Object.assign(await simpleParser(raw), {
          raw: raw.toString('latin1'), from_: envelope.mailFrom.address, to_: envelope.rcptTo.map(to => to.address), secure, greeted: hostNameAppearsAs, signedIn,
        }));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {}); // a client that refuses our certificate
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    mails,
    sessions,
    port: server.server.address().port,
    /** Settings that lead to this server. */
    get settings() {
      return { enabled: true, host: '127.0.0.1', port: this.port, tls: implicit, username: user?.name ?? '', password: user?.password ?? '', authMethod: '', localName: '' };
    },
    /** The next mail to somebody that was not asked for yet; waits for it. */
    async mailTo(address) {
      for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(20)) {
        const mail = mails.find(one => one.to_.includes(address) && !taken.has(one));
        if (mail) return taken.add(mail) && mail;
      }
      throw new Error(`no mail to ${address} among ${JSON.stringify(mails.map(mail => mail.to_))}`);
    },
    stop: () => new Promise(done => server.close(done)),
  };
}

/** The token at the end of the link in a mail. */
export const tokenOf = mail => /\/_\/#\/auth\/[a-z-]+\/(\S+)/.exec(mail.text)?.[1];

/** The one-time code in a mail. */
export const codeOf = mail => /\b\d{4,}\b/.exec(mail.text)?.[0];
