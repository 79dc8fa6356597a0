// How mails leave: encryption, certificates, passwords, servers that are away, crashes; the outbox of a developer's machine.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser, pictures, withoutBrowser } from '../support/browser.mjs';
import { fails } from '../support/expect.mjs';
import { makeCertificates, startMailServer, tokenOf } from '../support/mail.mjs';
import { email, freePort, newFolder, password, removeFolder, startServer } from '../support/server.mjs';

const user = { name: 'mailer', password: 'hush hush' };
const test = (pb, to) => pb.settings.testEmail('users', to, 'otp');
const refused = (pb, reason) => fails(test(pb, 'x@example.com'), 400, reason);

describe('SMTP', () => {
  let certificates, foreign, misnamed, server, pb;
  const boxes = [];
  const box = async options => {
    boxes.push(await startMailServer(options));
    return boxes.at(-1);
  };
  before(async () => {
    [certificates, foreign, misnamed] = await Promise.all([makeCertificates(), makeCertificates(), makeCertificates('DNS:mail.example.com')]);
    // As an operator names the authorities that a program trusts.
    const bundle = join(certificates.ca, '..', 'trusted.pem');
    await writeFile(bundle, (await readFile(certificates.ca, 'utf8')) + (await readFile(misnamed.ca, 'utf8')));
    process.env.SSL_CERT_FILE = bundle;
    server = await startServer();
    pb = await server.superuser();
  });
  after(async () => {
    delete process.env.SSL_CERT_FILE;
    await server?.stop();
    await Promise.all([...boxes.map(one => one.stop()), certificates?.remove(), foreign?.remove(), misnamed?.remove()]);
  });

  it('TLS from the first byte and STARTTLS, with both ways of signing in', async () => {
    for (const implicit of [true, false]) {
      const there = await box({ certificates, implicit, user });
      for (const authMethod of ['', 'PLAIN', 'LOGIN']) {
        await pb.settings.update({ smtp: { ...there.settings, authMethod, localName: 'app.example' } });
        await test(pb, 'ann@example.com');
        const mail = await there.mailTo('ann@example.com');
        assert.deepEqual([mail.secure, mail.greeted, mail.signedIn, mail.from_], [true, 'app.example', 'mailer', 'support@example.com']);
      }
      assert.deepEqual(there.sessions.map(one => one.method), ['PLAIN', 'PLAIN', 'LOGIN']);
      await pb.settings.update({ smtp: { password: 'wrong' } });
      const fault = await refused(pb, /refused the user name or the password/);
      assert.doesNotMatch(JSON.stringify(fault), /wrong|hush/);
    }
  });

  it('a certificate of an unknown authority or for another name is refused, and nothing is sent without encryption instead', async () => {
    for (const wrong of [foreign, misnamed]) {
      for (const implicit of [true, false]) {
        const there = await box({ certificates: wrong, implicit, user });
        await pb.settings.update({ smtp: there.settings });
        await refused(pb, /certificate is not trusted or is for another name/);
        assert.deepEqual([there.mails.length, there.sessions.length], [0, 0]);
      }
    }
  });

  it('a server that speaks no TLS where it should is refused', async () => {
    const there = await box();
    await pb.settings.update({ smtp: { ...there.settings, tls: true } });
    await refused(pb, /No encrypted connection|No connection/);
    assert.equal(there.mails.length, 0);
  });

  it('what the server says of a recipient is told', async () => {
    const there = await box({ refuse: 'x@example.com' });
    await pb.settings.update({ smtp: there.settings });
    await refused(pb, /refused with 550: no such mailbox/);
  });
});

describe('the queue of mails', () => {
  it('waits while the server is away, over a crash, and says why', async () => {
    const folder = await newFolder();
    const port = await freePort();
    let server, box;
    try {
      server = await startServer({ dir: folder, setUp: true });
      let pb = await server.superuser();
      await pb.settings.update({ smtp: { enabled: true, host: '127.0.0.1', port, username: '', password: '' } });
      await pb.collection('users').create({ email: 'ann@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
      await server.guest().collection('users').requestVerification('ann@example.com');
      await server.guest().collection('users').requestPasswordReset('ann@example.com');
      // At once after the answer.
      await server.kill();

      server = await startServer({ dir: folder });
      pb = await server.superuser();
      for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
        const waiting = await pb.collection('_mails').getFullList();
        if (waiting.length === 2 && waiting.every(mail => mail.tries > 0 && /No connection to 127\.0\.0\.1/.test(mail.reason))) break;
        assert.ok(Date.now() < deadline, JSON.stringify(waiting));
      }
      assert.deepEqual([...new Set((await pb.collection('_mails').getFullList()).map(mail => mail.state))], ['waiting']);
      await server.kill();

      box = await startMailServer({ port });
      server = await startServer({ dir: folder });
      const mails = [await box.mailTo('ann@example.com'), await box.mailTo('ann@example.com')];
      const verification = mails.find(mail => mail.subject.startsWith('Verify'));
      await server.guest().collection('users').confirmVerification(tokenOf(verification));
      pb = await server.superuser();
      for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
        const rows = await pb.collection('_mails').getFullList();
        if (rows.every(mail => mail.state === 'sent')) break;
        assert.ok(Date.now() < deadline, JSON.stringify(rows));
      }
      assert.equal(box.mails.length, 2);
    } finally {
      await server?.stop();
      await box?.stop();
      await removeFolder(folder);
    }
  });

  it('gives up what a server refuses for good', async () => {
    const [server, box] = [await startServer(), await startMailServer({ refuse: 'gone@example.com' })];
    try {
      const pb = await server.superuser();
      await pb.settings.update({ smtp: box.settings });
      await pb.collections.update('users', { otp: { enabled: true } });
      await pb.collection('users').create({ email: 'gone@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
      await server.guest().collection('users').requestOTP('gone@example.com');
      for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
        const [mail] = await pb.collection('_mails').getFullList();
        if (mail.state === 'failed' && /no such mailbox/.test(mail.reason)) break;
        assert.ok(Date.now() < deadline, JSON.stringify(mail));
      }
      // A code that nobody can know does not stay.
      assert.equal((await pb.collection('_otps').getList()).totalItems, 0);
    } finally {
      await server.stop();
      await box.stop();
    }
  });
});

describe('without SMTP', () => {
  it('a developer reads mails in the outbox, and nobody else does', async () => {
    const server = await startServer({ args: ['--dev'] });
    try {
      await server.prints(/Mails +http:\/\/127\.0\.0\.1:\d+\/api\/outbox\/page/);
      const pb = await server.superuser();
      await test(pb, 'ann@example.com');
      const { items } = await pb.send('/api/outbox', {});
      assert.deepEqual(items.map(mail => [mail.to, mail.subject]), [['ann@example.com', 'OTP for Acme']]);
      assert.match(items[0].text, /123456/);
      await fails(server.guest().send('/api/outbox', {}), 401);
      const page = await fetch(`${server.url}/api/outbox/page`);
      assert.match(await page.text(), /<title>Outbox<\/title>/);
      await pb.send('/api/outbox', { method: 'DELETE' });
      assert.deepEqual((await pb.send('/api/outbox', {})).items, []);
    } finally {
      await server.stop();
    }
  });

  it('the page of the outbox shows a mail that comes in, and runs nothing of it', { skip: withoutBrowser }, async () => {
    const server = await startServer({ args: ['--dev'] });
    const browser = await openBrowser({ viewport: { width: 1000, height: 700 } });
    try {
      const pb = await server.superuser();
      const page = await browser.context.newPage();
      const errors = [];
      page.on('pageerror', error => errors.push(error.message));
      await page.goto(`${server.url}/api/outbox/page`);
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      // This browser is a new place for the superuser.
      await page.getByRole('option', { name: /Login from a new location/ }).waitFor();
      await pb.collections.update('users', { verificationTemplate: { subject: 'Look {RECORD:email}', body: '<script>document.title = "run"</script><p id="seen">Hello</p><a class="btn" href="https://example.com/{TOKEN}">Go</a>' } });
      await pb.collection('users').create({ email: 'ann@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
      await server.guest().collection('users').requestVerification('ann@example.com');
      await page.getByRole('option', { name: /Look ann@example\.com/ }).click();
      await page.frameLocator('iframe').getByText('Hello', { exact: true }).waitFor();
      await page.getByLabel('Plain text').getByText(/Go:\s+https:\/\/example\.com\/ey/).waitFor();
      await page.screenshot({ path: `${pictures}outbox.png` });
      await page.getByRole('button', { name: 'Remove all' }).click();
      await page.getByText('No mails yet.').waitFor();
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
      await server.stop();
    }
  });

  it('a server says at its start that no mail can leave, and has no outbox', async () => {
    const server = await startServer();
    try {
      const pb = await server.superuser();
      const lacks = (await fails(pb.send('/api/outbox', {}), 404)) && /No mail can be sent/.test(server.output);
      if (lacks) await refused(pb, /No mail can be sent: SMTP is off in the settings, and this machine has no sendmail program/);
      else await test(pb, 'x@localhost.localdomain'); // this machine has one
    } finally {
      await server.stop();
    }
  });

  it('the mail program of the machine is used where there is one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hearth-sendmail-'));
    await writeFile(join(folder, 'sendmail'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/arguments\ncat > ${folder}/mail.part\nmv ${folder}/mail.part ${folder}/mail\n[ ! -e ${folder}/broken ] || { echo out of paper >&2; exit 75; }\n`);
    await chmod(join(folder, 'sendmail'), 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${folder}:${path}`;
    const server = await startServer();
    process.env.PATH = path;
    try {
      const pb = await server.superuser();
      await test(pb, 'ann@example.com');
      assert.equal(await readFile(join(folder, 'arguments'), 'utf8'), '-i\n-t\n-f\nsupport@example.com\n');
      const mail = await readFile(join(folder, 'mail'), 'utf8');
      assert.match(mail, /^To: ann@example\.com$/m);
      assert.doesNotMatch(mail, /\r/);
      assert.doesNotMatch(server.output, /No mail can be sent/);
      await writeFile(join(folder, 'broken'), '');
      await refused(pb, /sendmail ended with 75: out of paper/);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
